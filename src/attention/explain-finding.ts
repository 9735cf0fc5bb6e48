import { type Answered, changedBy, type Desk, momentOf, type Sent, writing } from '../access/index.ts';
import type { ThingRef } from '../shared/ids.ts';
import { notFound, stale } from '../shared/problems.ts';
import type { Finding } from './domain/finding.ts';
import { eventOf } from './look-at-person.ts';
import { findingClosed, findingNotYours } from './problems.ts';
import { factsAbout, loadFindings, resourceOf, type StaffAsking, seenFindings } from './read-findings.ts';
import { findingRow } from './store/findings.ts';

/**
 * Closes a finding by saying why it is as it is: by staff of the unit that owns it. As long as the same holds it is not found
 * anew; when it has been otherwise and comes back, it is.
 *
 * @throws notFound, findingNotYours (403), stale (412), findingClosed (409)
 */
export function explainFinding(
  desk: Desk,
  asking: StaffAsking,
  ref: ThingRef,
  text: string,
  sent: Sent,
): Promise<Answered<Finding>> {
  const { actor } = asking;
  return writing(desk, asking, {
    action: 'finding.explain',
    patientId: ref.patientId,
    idempotency: sent.idempotency,
    load: (client) => loadFindings({ pool: desk.pool, client }, actor, { patientId: ref.patientId, ...momentOf(desk) }),
    facts: (record) => factsAbout(record, actor, ref),
    work: (_grant, record) => {
      const [found] = seenFindings(
        record,
        actor,
        record.findings.filter(({ id }) => id === ref.id),
      );
      if (!found) throw notFound();
      if (found.ownerUnit !== actor.unitHsaId) throw findingNotYours();
      if (sent.expectedRevision !== undefined && sent.expectedRevision !== found.revision) {
        throw stale({ extra: { revision: found.revision } });
      }
      if (found.state !== 'open') throw findingClosed({ extra: { state: found.state } });
      const at = new Date(desk.clock.now()).toISOString();
      const explained: Finding = {
        ...found,
        ...{ state: 'explained', revision: found.revision + 1 },
        explained: { ...changedBy(actor), at, text },
      };
      const { patientId, id, planId } = explained;
      return {
        rows: [findingRow(explained, 'update')],
        events: [eventOf(explained, 'closed', at)],
        resources: [resourceOf(explained)],
        result: { status: 200, patientId, planId, resourceKind: 'finding', resourceId: id },
        answer: explained,
      };
    },
    replay: (_grant, record) => {
      const [found] = seenFindings(
        record,
        actor,
        record.findings.filter(({ id }) => id === ref.id),
      );
      if (!found) throw notFound();
      return found;
    },
  });
}
