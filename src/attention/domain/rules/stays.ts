import { clocksOf, type LegalClock } from '../../../discharge/domain/clocks.ts';
import type { Stay } from '../../../discharge/domain/states.ts';
import type { Candidate } from '../finding.ts';
import { isAtWork, type Look } from '../look.ts';
import type { STAY_RULES } from '../rule-list.ts';

/** Each clock of the law by what its breach is called: a clock without a rule does not compile. */
const RULE_OF: Readonly<Record<LegalClock['name'], (typeof STAY_RULES)[number]>> = {
  'admission-notice': 'admission-notice-late',
  'named-contact': 'discharged-without-contact',
  'sip-call': 'sip-call-late',
  'information-transfer': 'information-transfer-late',
};

/**
 * What the law's time has run out for in a stay (LUS 2:3, 2:5, 3:2, 4:3), by who owes it. It is over when it is done after
 * all, or owed no more; the stay itself shows the breach ever after. A notice that came late cannot be made good: that
 * it was late is first known when it comes, and it holds until it is explained, corrected or withdrawn.
 */
export function breachesIn(stay: Stay, look: Look): Candidate[] {
  return clocksOf(stay, look.now).flatMap((clock): Candidate[] => {
    const from = owedFrom(clock);
    if (from === undefined) return [];
    const { id, recordedBy } = stay.admission;
    const ownerUnit = isAtWork(clock.owner, look) ? clock.owner : recordedBy.unit;
    return [{ rule: RULE_OF[clock.name], subjectKind: 'hospital-stay', subjectId: id, from, ownerUnit }];
  });
}

/** The first instant when it is late (epoch milliseconds), while it is still owed. */
function owedFrom({ name, standing, lastInstant, metAt, stoppedAt }: LegalClock): number | undefined {
  if (lastInstant === undefined || stoppedAt !== undefined) return undefined;
  if (metAt === undefined) return Date.parse(lastInstant) + 1;
  return name === 'admission-notice' && standing === 'breached' ? Date.parse(metAt) : undefined;
}
