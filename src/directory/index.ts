export { describeFiles, TYPE_NAMES } from './import/file-help.ts';
export { type DirectoryData, memorySources } from './import/json-source.ts';
export { openFiles } from './import/open-files.ts';
export type { ImportChange, ImportReport, TypeCounts } from './import/report.ts';
export { faultInWords, type ImportFault, type RowSource } from './import/source.ts';
export { type ImportOptions, ImportUnderWay, importDirectory } from './import-directory.ts';
export { registerDirectory } from './rest/routes.ts';
export { findUnits } from './store/find-units.ts';
export { channelsPart, staffPart, unitsPart } from './store/read-parts.ts';
