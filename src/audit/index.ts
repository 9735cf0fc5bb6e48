export { type AuditEntry, type AuditedResource, auditRow } from './entry.ts';
export { type AuditRecorder, gatheringRecorder, type InsertAuditRows } from './recorder.ts';
