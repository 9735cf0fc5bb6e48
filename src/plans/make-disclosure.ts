import {
  type Answered,
  type Asking,
  actFor,
  type Desk,
  decide,
  demandLegalBasis,
  type Facts,
  momentOf,
  type Sent,
  type Target,
  writing,
} from '../access/index.ts';
import type { StaffActor } from '../shared/actor.ts';
import type { ThingId, ThingRef } from '../shared/ids.ts';
import { wrong } from '../shared/problem.ts';
import { forbidden, notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { type Disclosure, disclose, type NewDisclosure } from './domain/disclosure.ts';
import type { Contribution, ContributionKind, PlanContent } from './domain/model.ts';
import { disclosureNotOwn, unknownReference } from './problems.ts';
import {
  type DisclosureRecord,
  disclosureEvents,
  disclosureResource,
  disclosureRow,
  loadForDisclosure,
} from './store/disclosures.ts';
import { KINDS } from './store/tables.ts';
import { factsOf, planOf } from './view/facts.ts';
import { type VisiblePlan, visiblePlan } from './view/visible.ts';

export interface DisclosureGiven extends NewDisclosure {
  /** Which contributions of the plan; without them all that the own unit has written in it. */
  readonly things?: readonly ThingId[];
}

interface InPlan {
  readonly kind: ContributionKind;
  readonly thing: Contribution;
}

/**
 * Hands a copy of own contributions to one receiver, on a lawful ground (PDL 3:11; OSL 10:1, 12:2, 25:1, 26:1). It is
 * logged, and the patient sees it. What is handed is the receiver's from then on, and nothing newer.
 *
 * @throws notFound; unknown-reference, disclosure-not-own, disclosure-of-nothing, disclosure-receiver-unknown
 */
export function makeDisclosure(
  desk: Desk,
  asking: Asking & { readonly actor: StaffActor },
  plan: ThingRef,
  given: DisclosureGiven,
  sent: Sent = {},
): Promise<Answered<Disclosure>> {
  const { actor } = asking;
  const { patientId, id: planId } = plan;
  const named = given.receiver.kind === 'person' ? undefined : given.receiver.hsaId;
  return writing<DisclosureRecord, 'disclosure.make', Disclosure>(desk, asking, {
    action: 'disclosure.make',
    patientId,
    idempotency: sent.idempotency,
    load: (client) =>
      loadForDisclosure({ pool: desk.pool, client }, actor, { patientId, planId, ...momentOf(desk) }, named),
    facts: (record) => ({ ...factsOf(record, actor), target: ownTarget(record, actor, given) }),
    work: (_grant, record) => {
      const unit = record.units.get(actor.unitHsaId);
      const seen = visiblePlan(record, actor, planId);
      const header = record.content.plan.find((one) => one.id === planId);
      if (!seen || !header) throw notFound();
      if (!unit) throw forbidden();
      demandLegalBasis(unit, given.legalBasis);
      const things = chosen(record, actor, seen, given);
      const { things: _named, ...told } = given;
      const act = actFor(asking, unit, toRfc3339Utc(record.now), desk.ids);
      const versions = record.content['agreement-version'].map(({ version }) => version);
      const agreementVersion = versions.length > 0 ? Math.max(...versions) : undefined;
      const made = disclose(act, header, told, things, { isKnown: record.receiverKnown, agreementVersion });
      return {
        rows: [disclosureRow(made)],
        events: disclosureEvents(made),
        resources: [
          disclosureResource(made),
          ...made.items.map(({ kind, id, wording }) => ({ kind, id, owner: wording.recordedBy.provider })),
        ],
        particulars: { ground: made.ground, items: made.items.length },
        result: { status: 201, patientId, planId, resourceKind: 'disclosure', resourceId: made.id },
        answer: made,
      };
    },
    replay: (_grant, record, { resourceId }) => {
      const made = record.disclosures.find(({ id }) => id === resourceId);
      if (!made) throw notFound();
      return made;
    },
    shownBy: (made) => [disclosureResource(made)],
  });
}

function ownTarget(
  record: DisclosureRecord,
  actor: StaffActor,
  { receiver, ground, consentId }: NewDisclosure,
): Target | undefined {
  const unit = record.units.get(actor.unitHsaId);
  return (
    unit && { unit: unit.hsaId, provider: unit.provider.hsaId, receiver, ground, ...(consentId ? { consentId } : {}) }
  );
}

const inContent = (content: PlanContent): InPlan[] =>
  KINDS.flatMap((kind) => (content[kind] as readonly Contribution[]).map((thing) => ({ kind, thing })));

/**
 * What is to be handed: all that the own unit has written in the plan, or the things named. Of another unit's no more
 * than whoever hands it out may read: a copy is no way past an inner block (PDL 4:4).
 */
function chosen(
  record: DisclosureRecord,
  actor: StaffActor,
  seen: VisiblePlan,
  given: DisclosureGiven,
): readonly InPlan[] {
  const own = inContent(record.content).filter(
    ({ thing }) => planOf(thing) === seen.header.id && thing.recordedBy.unit === actor.unitHsaId,
  );
  if (!given.things) return own;
  const byId = new Map([...inContent(seen.content), ...own].map((one) => [one.thing.id, one]));
  const named = given.things.map((id) => byId.get(id));
  const unknown = named.flatMap((one, i) => (one ? [] : [`contributions.${i}`]));
  if (unknown.length > 0) {
    const fields = unknown.map((name) => wrong(name, 'Finns inte i planen', 'Is not in the plan'));
    throw unknownReference({ invalidParameters: fields });
  }
  const things = named as readonly InPlan[];
  const target = ownTarget(record, actor, given);
  const facts: Facts = factsOf(record, actor);
  const foreign = things.flatMap(({ thing }, i) => {
    const { unit, provider } = thing.recordedBy;
    const decision = decide('disclosure.make', actor, { ...facts, target: { ...target, unit, provider } });
    return decision.allowed ? [] : [wrong(`contributions.${i}`, 'Är inte er egen.', 'Is not your own.')];
  });
  if (foreign.length > 0) throw disclosureNotOwn({ invalidParameters: foreign });
  return things;
}
