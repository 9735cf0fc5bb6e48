import type { Deps } from '../deps.ts';
import type { Server } from '../http/server.ts';
import { registerExtractRoutes } from './rest/extract-routes.ts';
import { registerReviewRoutes } from './rest/review-routes.ts';
import { registerWatchRoutes } from './rest/watch-routes.ts';

export type { ToldEntry } from './domain/told-entry.ts';
export { type Extract, type ExtractPage, readExtract, readLogEntry } from './read-extract.ts';
export { type CullablePart, planRetention, runRetention } from './retention/retention.ts';
export { fileSink } from './sealing/file-sink.ts';
export { type SealingLog, sealOnce, startSealing } from './sealing/job.ts';
export type { Seal } from './sealing/seal.ts';
export type { SealSink } from './sealing/sink.ts';
export { faultLine, type LogFault } from './verifying/fault.ts';
export { type Verified, verifyLog } from './verifying/verify.ts';

/** The access log over REST: the patient's extract, and the provider's reviews. */
export async function registerAuditLog(door: Server, deps: Deps): Promise<void> {
  registerExtractRoutes(door, deps);
  registerReviewRoutes(door, deps);
  registerWatchRoutes(door, deps);
}
