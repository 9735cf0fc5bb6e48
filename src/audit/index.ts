export { type AuditEntry, type AuditedResource, auditRow, type Operator } from './entry.ts';
export { entryHash, type HashedFields, hashedInstant } from './entry-hash.ts';
export { type AuditRecorder, gatheringRecorder, type InsertAuditRows } from './recorder.ts';
