export * from './audit-log.ts';
export * from './deadlines.ts';
export * from './delivery.ts';
export * from './directory.ts';
export * from './log.ts';
export * from './patients.ts';
export * from './plans.ts';
export * from './sharing.ts';
