import { type Asking, type Desk, momentOf, reading } from '../access/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { ThingRef } from '../shared/ids.ts';
import { notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { demandStanding, exportedBy, type SharingThings, sharingResource } from '../sharing/index.ts';
import { type ExportRecord, loadForExport } from './store/export-record.ts';
import { factsOf } from './view/facts.ts';
import { ownPartOf } from './view/own-part.ts';
import { resourcesIn, type VisiblePlan, visiblePlans } from './view/visible.ts';

type ExportRequest = SharingThings['export-request'];

/** What is taken out: what the own provider has written in each of the person's plans. */
export interface TakenExport {
  readonly request: ExportRequest;
  readonly plans: readonly VisiblePlan[];
}

/**
 * Takes out what the own provider has written about a person whose identity is or has been protected: by the one who
 * asked, once another on the person's list has approved, and while that yes holds (OSL 21:3, 22:1). As the one who takes
 * it out may read it today; others' data are theirs to hand out. Each time is in the log as Utskrift.
 *
 * @throws notFound; forbidden `second-person-needed` while nobody else has said yes, and to anybody but who asked;
 *   exportLapsed
 */
export function takeExport(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor },
  ref: ThingRef,
): Promise<TakenExport> {
  const { actor } = asking;
  return reading(desk, asking, {
    action: 'export.take',
    load: () => loadForExport(desk.pool, actor, { patientId: ref.patientId, ...momentOf(desk) }),
    facts: (record) => ({ ...factsOf(record, actor), target: targetOf(record, actor, ref) }),
    patientOf: (record) => record.patientId,
    show: (_grant, record) => {
      const request = findRequest(record, ref);
      if (!request) throw notFound();
      demandStanding(request, toRfc3339Utc(record.now));
      const own = request.recordedBy.provider;
      const plans = visiblePlans(record, actor).flatMap((plan) => ownPartOf(plan, own) ?? []);
      const resources = [
        sharingResource('export-request', request),
        ...plans.flatMap(({ content }) => resourcesIn(content)),
      ];
      return { answer: { request, plans }, resources, particulars: { reason: request.reason } };
    },
  });
}

function findRequest({ requests }: ExportRecord, { patientId, id }: ThingRef): ExportRequest | undefined {
  return requests.find((one) => one.id === id && one.patientId === patientId);
}

/** Who asks about nothing that is there asks about the own unit's, and is told that it is not there once let in. */
function targetOf(record: ExportRecord, actor: StaffActor, ref: ThingRef) {
  const request = findRequest(record, ref);
  if (!request) return { unit: actor.unitHsaId, provider: actor.providerHsaId };
  const { unit, provider } = request.recordedBy;
  return { unit, provider, exporting: exportedBy(request) };
}
