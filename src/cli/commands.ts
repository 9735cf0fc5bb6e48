import { auditRetentionCommand } from './audit-retention.ts';
import { auditSealCommand } from './audit-seal.ts';
import { auditVerifyCommand } from './audit-verify.ts';
import type { Command } from './command.ts';
import { deadlinesAddCommand } from './deadline-rules.ts';
import { directoryImportCommand } from './directory-import.ts';
import { docsCheck, docsWrite } from './documents.ts';
import { fhirImportCommand } from './fhir/import.ts';
import { fhirPullCommand } from './fhir/pull.ts';
import { migrateCommand } from './migrate.ts';
import { openapiCheck, openapiWrite } from './openapi.ts';
import { plansExportCommand } from './plans/export.ts';
import { plansImportCommand } from './plans/import.ts';
import { policyCheck, policyWrite } from './policy-table.ts';
import { problemsCheck, problemsWrite } from './problem-list.ts';
import { recordsRetentionCommand } from './records-retention.ts';
import { servedRetentionCommand } from './served-retention.ts';
import { tokenCommand } from './token.ts';
import { walkthroughCommand } from './walkthrough.ts';

/** Every command of the command line; a new one is a file of its own and a line here. */
export const COMMANDS: readonly Command[] = [
  migrateCommand,
  directoryImportCommand,
  fhirImportCommand,
  fhirPullCommand,
  plansImportCommand,
  plansExportCommand,
  deadlinesAddCommand,
  auditSealCommand,
  auditVerifyCommand,
  auditRetentionCommand,
  recordsRetentionCommand,
  servedRetentionCommand,
  openapiWrite,
  openapiCheck,
  policyWrite,
  policyCheck,
  docsWrite,
  docsCheck,
  problemsWrite,
  problemsCheck,
  tokenCommand,
  walkthroughCommand,
];
