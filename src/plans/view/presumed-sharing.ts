import type { CareRelationFacts, Facts, GivenConsent, InformationGiven, PlanFacts } from '../../access/index.ts';
import type { ConsentType } from '../../shared/consent-facts.ts';
import type { ThingId } from '../../shared/ids.ts';
import { toRfc3339Utc } from '../../shared/rfc3339.ts';
import type { PlanRecord } from '../store/record.ts';

type Presumed = Required<Pick<Facts, 'careRelations' | 'consents' | 'information'>>;

const LONG_BEFORE = toRfc3339Utc(0);
const LONG_AFTER = '9999-12-31T23:00:00.000Z';

/**
 * What no door records yet is presumed for those who have a part in a plan: that information was given, that they have
 * a relation to the patient, and that the patient consents to their reading. The law itself is in force; these three
 * facts are the foundation's rule, that participants inside shared documentation read the plan.
 *
 * It goes when information, care relations and consents to reading are registered: then `factsOf` gives their rows.
 */
export function presumedSharing(plan: PlanFacts, record: Pick<PlanRecord, 'units'>): Presumed {
  const units = [plan.createdByUnit, plan.leadUnit, ...plan.participants.flatMap(unitWithPart)];
  const careRelations: CareRelationFacts[] = [];
  const consents: GivenConsent[] = [];
  const providers = new Set(plan.owners.map(({ provider }) => provider));
  for (const hsaId of new Set(units)) {
    const unit = record.units.get(hsaId);
    if (!unit) continue;
    const isCare = unit.provider.kind === 'care';
    careRelations.push({ unit: hsaId, kind: isCare ? 'care' : 'intervention', from: LONG_BEFORE });
    consents.push(presumedConsent('sip', hsaId), presumedConsent(isCare ? 'read-care' : 'read-social', hsaId));
  }
  const information: InformationGiven[] = [...providers].map((provider) => ({ provider, at: LONG_BEFORE }));
  return { careRelations, consents, information };
}

function unitWithPart({ unit, state }: PlanFacts['participants'][number]): string[] {
  return unit !== undefined && (state === 'invited' || state === 'accepted') ? [unit] : [];
}

function presumedConsent(type: ConsentType, unit: string): GivenConsent {
  const recipient = { kind: 'unit', hsaId: unit } as const;
  return { id: `${type} ${unit}` as ThingId, type, state: 'given', recipient, from: LONG_BEFORE, until: LONG_AFTER };
}
