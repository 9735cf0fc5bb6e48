import { type Asking, actorUnitPart, type Desk, readActorUnit, reading, Sealed } from '../access/index.ts';
import { recordQuery } from '../db/record-query.ts';
import { NIL_PATIENT } from '../shared/ids.ts';
import type { AgreedRule } from './domain/agreed-rules.ts';
import { deadlineRulesPart, readDeadlineRules } from './store/rules.ts';

const rulesRecord = recordQuery('deadline_rules_read', [actorUnitPart, deadlineRulesPart], { unbound: true });

/** What regions and kommuner have agreed on about deadlines, past rules included: what was counted by one names it. */
export function readRules(desk: Desk, asking: Asking): Promise<readonly AgreedRule[]> {
  return reading(desk, asking, {
    action: 'directory.read',
    load: async () => new Sealed(await rulesRecord(desk.pool, asking.actor, {})),
    facts: (raw) => ({ actorUnit: readActorUnit(raw), isSelf: false, patientKnown: false }),
    patientOf: () => NIL_PATIENT,
    show: (_grant, raw) => ({ answer: readDeadlineRules(raw), resources: [], hits: readDeadlineRules(raw).length }),
  });
}
