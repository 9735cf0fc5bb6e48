export { type NoticeOptions, noticeOnce, startNotices } from './job.ts';
export { fileNoticeSink, type Notice, type NoticeSink } from './sink.ts';
