import {
  type Answered,
  type Asking,
  actFor,
  type Desk,
  type Facts,
  patientFacts,
  type Sent,
  type Written,
  writing,
} from '../access/index.ts';
import type { EventName, OutboxEvent } from '../events/index.ts';
import type { PatientId, ThingId, ThingRef } from '../shared/ids.ts';
import type { Act } from '../shared/owned.ts';
import { forbidden, notFound } from '../shared/problems.ts';
import { toRfc3339Utc } from '../shared/rfc3339.ts';
import { demandRevision } from './change-person.ts';
import { checkJoin, type Join, type JoinAct, joinsOf, keysAfter, partingOf } from './domain/join.ts';
import { isProtected } from './domain/patient.ts';
import { joinActRow, loadPair, type PairRecord } from './store/joins.ts';
import { keyRow } from './store/look-ups.ts';

const JOIN = 'patient-join';

/**
 * Joins one who is registered twice: the key of `other`, registered with a reserve number, becomes an alias of `right`.
 * No row moves: ids of the old key keep working, and all that either key holds shows for the one person. Both log and
 * are told.
 *
 * @throws notFound; personToJoinUnknown, joinWithSelf, alreadySamePerson, joinedElsewhere, joinNeedsLesserNumber,
 *   bothHaveLeadPlan
 */
export function joinPatients(
  desk: Desk,
  asking: Asking,
  asked: { readonly right: PatientId; readonly other: PatientId; readonly why: string },
  sent: Sent = {},
): Promise<Answered<Join>> {
  return changeKeys(desk, asking, asked, sent, (pair, act) => {
    if (!pair.right.patient) throw notFound();
    checkJoin(pair.right, pair.other, asked);
    const patientId = pair.right.patient.patientId;
    const joinedId = pair.other.patient!.patientId;
    const id = act.newId();
    return { joinId: id, line: { patientId, id, joinedId, act: 'joined', at: act.now, by: act.by, why: asked.why } };
  });
}

/**
 * Parts two who were joined by mistake: everything is as it was with each key, and what was written meanwhile stays with
 * the key that it was written on. The trace stays with the one that was joined to.
 *
 * @throws notFound, stale; alreadyParted
 */
export function partPatients(
  desk: Desk,
  asking: Asking,
  { patientId, join: ref, why }: { readonly patientId: PatientId; readonly join: ThingRef; readonly why: string },
  sent: Sent = {},
): Promise<Answered<Join>> {
  // One person still, so one lock and one binding hold for both keys.
  return changeKeys(desk, asking, { right: patientId }, sent, (pair, act) => {
    const join = joinsOf(pair.acts).find((one) => one.id === ref.id && one.patientId === ref.patientId);
    if (!join) throw notFound();
    demandRevision(join, sent.expectedRevision);
    return { joinId: join.id, line: partingOf(join, { id: act.newId(), at: act.now, by: act.by, why }) };
  });
}

/** A new line of the trace, and the join that it opens or closes. */
interface NewLine {
  readonly joinId: ThingId;
  readonly line: JoinAct;
}

function changeKeys(
  desk: Desk,
  asking: Asking,
  asked: { readonly right: PatientId; readonly other?: PatientId },
  sent: Sent,
  rule: (pair: PairRecord, act: Act) => NewLine,
): Promise<Answered<Join>> {
  const now = toRfc3339Utc(desk.clock.now());
  return writing(desk, asking, {
    action: 'patient.join',
    patientId: asked.right,
    otherPatientId: asked.other,
    idempotency: sent.idempotency,
    load: (client) => loadPair(client, asking.actor, asked),
    facts: (pair): Facts => ({
      actorUnit: pair.actorUnit,
      isSelf: false,
      patientKnown: pair.right.patient !== undefined,
      patient: factsOfPair(pair),
    }),
    work: (_grant, pair) => {
      if (!pair.actorUnit) throw forbidden();
      const act = actFor(asking, pair.actorUnit, now, desk.ids);
      return writtenBy(pair, rule(pair, act), act);
    },
    replay: (_grant, pair, made) => {
      const join = joinsOf(pair.acts).find(({ id }) => id === made.resourceId);
      if (!join) throw notFound();
      return join;
    },
  });
}

/** What holds for the two: when either is protected, whoever may not know of that one may not join them. */
function factsOfPair({ right, other }: PairRecord): Facts['patient'] {
  const { patient, access } = [other, right].find((one) => one.patient && isProtected(one.patient)) ?? right;
  return patient && patientFacts(patient, access);
}

/** The line of the trace, the keys that go by another one now, and what both persons' log and portals are told. */
function writtenBy(pair: PairRecord, { joinId, line }: NewLine, act: Act): Written<Join> {
  const joins = joinsOf([...pair.acts, line]);
  const join = joins.find(({ id }) => id === joinId)!;
  const keys = keysAfter(pair.keys, joins);
  const event: EventName = line.act === 'joined' ? 'patient.joined' : 'patient.parted';
  const tell = (patientId: PatientId): OutboxEvent => ({
    event,
    patientId,
    resourceKind: JOIN,
    resourceId: join.id,
    revision: join.revision,
    ownerUnit: act.owner.unit,
    ownerProvider: act.owner.provider,
    at: act.now,
  });
  const resources = [{ kind: JOIN, id: join.id, owner: act.owner.provider }];
  return {
    rows: [joinActRow(line), ...keys.map(keyRow)],
    events: [tell(line.patientId), tell(line.joinedId)],
    resources,
    particulars: { act: line.act },
    alsoAbout: { patientId: line.joinedId, resources },
    result: {
      status: line.act === 'joined' ? 201 : 200,
      patientId: line.patientId,
      resourceKind: JOIN,
      resourceId: join.id,
    },
    answer: join,
  };
}
