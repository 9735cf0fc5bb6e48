export { cullServed, cullWorker, DEFAULT_KEEP, type ServedKeep, type ServedRows, servedDue } from './cull.ts';
export { type JobLog, type JobQueue, QUEUES, startJobs, type Worker } from './queue.ts';
export { type Repeated, repeated } from './repeated.ts';
