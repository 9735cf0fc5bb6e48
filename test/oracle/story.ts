import { swedishDate, swedishTime } from '../../src/shared/swedish-time.ts';
import type { Asking } from './people.ts';
import { findUnit, PROVIDERS } from './places.ts';
import type { PlanOf, Span, Thing, Who, World } from './world.ts';

/** A world told in words, for who is to judge whether the law or the service is right. */

const DAY = 86_400_000;

function when(pivot: number, at: number): string {
  const apart = at - pivot;
  if (apart === 0) return 'T';
  if (Math.abs(apart) < DAY) return `T${apart < 0 ? '−' : '+'}${Math.abs(apart)} ms`;
  return `T${apart < 0 ? '−' : '+'}${Math.round((Math.abs(apart) / DAY) * 10) / 10} days`;
}

const short = (hsaId: string) => hsaId.replace('SE0000000000-TST', '');
const unitName = (id: string) => `${short(id)} (${findUnit(id)?.words ?? 'unknown'}, ${findUnit(id)?.area ?? ''})`;
const whose = (who: Who | undefined) =>
  who === undefined
    ? ''
    : typeof who === 'string'
      ? who
      : 'unit' in who
        ? short(who.unit)
        : `related ${who.related.slice(0, 4)}`;

export function thingInWords(pivot: number, thing: Thing | (PlanOf['header'] & { kind: 'plan' })): string {
  const { kind, id, owner, state, party, to, unit, support, about, approved, signed, mistaken, by } = thing;
  const flags = [
    approved ? 'approved' : 'not approved',
    signed ? 'signed' : 'unsigned',
    ...(mistaken ? ['ENTERED IN ERROR'] : []),
    ...(by === 'patient' ? ["the patient's words"] : []),
  ];
  const content = [
    state && `is ${state}`,
    party && `of ${whose(party)}`,
    to && `to ${whose(to)}`,
    unit && `with ${short(unit)}`,
    support && `supported by ${short(support)}`,
    about && `about ${about.slice(0, 4)}`,
    thing.done && 'done',
    thing.parts && `parts ${thing.parts.map((part) => `${part.id.slice(0, 4)} of ${whose(part.party)}`).join(', ')}`,
  ].filter(Boolean);
  return `${kind} ${id.slice(0, 4)} by ${short(owner)} [${thing.basis}; ${flags.join(', ')}; written ${when(pivot, thing.writtenAt)}, changed ${when(pivot, thing.changedAt)}, revision ${thing.revision}] ${content.join(', ')}`;
}

export function askingInWords(asking: Asking): string {
  if (asking.kind === 'citizen') return `citizen ${asking.id}`;
  if (asking.kind === 'system') return `system of ${short(asking.provider)}`;
  const rights = asking.rights ? asking.rights.join(', ') : 'no assignment';
  return `staff ${short(asking.staff)} at ${unitName(asking.unit)}${asking.provider === findUnit(asking.unit)?.provider ? '' : `, says provider ${short(asking.provider)}`} [${rights}${asking.scope ? `; scope ${asking.scope}` : ''}]`;
}

/** Every fact of a world, one a line. */
export function worldInWords(world: World): string[] {
  const { pivot: T, patient } = world;
  const period = ({ from, until }: Span) => `${when(T, from)} – ${until === undefined ? '' : when(T, until)}`;
  const written = (span?: Partial<Span>) =>
    span
      ? ` written ${span.from === undefined ? '' : when(T, span.from)} – ${span.until === undefined ? '' : when(T, span.until)}`
      : '';
  const providers = (id: string) => PROVIDERS.find((one) => one.id === id);
  return [
    `T is ${swedishDate(T)} ${swedishTime(T)}; patient ${patient.name}${patient.ageKnown ? '' : ' of unknown age'}${patient.deceasedOn ? `, died ${patient.deceasedOn}` : ''}${patient.grade ? `, identity ${patient.grade} ${patient.protectedWhile.map(period)}` : ''}`,
    ...world.related.map(
      (it) =>
        `${it.who} is ${it.relation} ${it.id.slice(0, 4)} ${it.from ?? ''}–${it.until ?? ''}${it.decision ? ' by decision' : ''}${it.isProtected ? ', protected' : ''}${it.mistaken ? ', ENTERED IN ERROR' : ''}`,
    ),
    ...world.told.map((it) => `told about ${short(it.provider)}'s data ${when(T, it.at)}`),
    ...world.inability.map(
      (it) => `unable to consent: ${it.kind}${it.noReasonToObject ? ', nothing speaks for a no' : ''} ${period(it)}`,
    ),
    ...world.consents.map(
      (it) =>
        `consent ${it.type} ${it.state} to ${it.to.kind} ${short(it.to.id)} ${period(it)}${it.plan ? ` for plan ${it.plan.slice(0, 4)}` : ''}${it.kinds ? ` only ${it.kinds}` : ''}${it.guardians ? ` guardians: ${it.guardians.map((one) => `${one.related.slice(0, 4)} ${one.answer}`)}` : ''}${it.mistaken ? ', ENTERED IN ERROR' : ''}`,
    ),
    ...world.relations.map((it) => `${it.kind} relation of ${short(it.unit)} ${period(it)}`),
    ...world.blocks.map(
      (it) =>
        `${it.reach} block of ${short(it.provider)} ${it.unit ? short(it.unit) : ''} ${period(it)}${written(it.written)}${it.liftedAt === undefined ? '' : ` lifted ${when(T, it.liftedAt)}`}${it.liftedFor ? ` lifted for ${it.liftedFor.map((one) => `${short(one.unit)} ${period(one)}`)}` : ''}`,
    ),
    ...world.emergencies.map((it) => `emergency opened by ${short(it.staff)} at ${short(it.unit)} ${period(it)}`),
    ...world.guardianBlocks.map((it) => `guardian block of ${it.related?.slice(0, 4) ?? 'all'} ${period(it)}`),
    ...world.sealings.map(
      (it) => `sealing of ${short(it.unit ?? it.provider ?? 'all')} ${period(it)}${written(it.written)}`,
    ),
    ...world.unitDecisions.map(
      (it) => `${short(it.unit)} opens for ${it.opensFor} ${it.related?.slice(0, 4) ?? ''} ${period(it)}`,
    ),
    ...world.listed.map(
      (it) =>
        `listed: ${short(it.staff ?? it.client ?? '')}${it.unit ? ` at ${short(it.unit)}` : ''}${it.related?.slice(0, 4) ?? ''} ${period(it)}`,
    ),
    ...world.copies.map(
      (it) =>
        `copy from ${short(it.from)} to ${it.to.kind} ${short(it.to.id)} at ${when(T, it.at)}${it.whole ? ', whole' : ''} of ${it.items.map(({ id, revision }) => `${id.slice(0, 4)} rev ${revision}`)}`,
    ),
    ...world.plans.flatMap((plan) => [
      `plan ${plan.id.slice(0, 4)} ${plan.kind} ${plan.status}, created by ${short(plan.creator)}, led by ${short(plan.lead)}${plan.leadPrincipal ? `, responsible ${short(plan.leadPrincipal)}` : ''}`,
      `  ${thingInWords(T, { ...plan.header, kind: 'plan' })}`,
      ...plan.things.map((thing) => `  ${thingInWords(T, thing)}`),
    ]),
    ...[...new Set(world.plans.flatMap(({ things }) => things.map(({ owner }) => findUnit(owner)!.provider)))]
      .map((id) => providers(id)!)
      .filter(({ joinedTo, joinedFrom }) => !joinedFrom || joinedTo)
      .map((it) => `${short(it.id)} ${it.joinedFrom ? `joined ${it.joinedFrom} – ${it.joinedTo}` : 'has not joined'}`),
  ];
}
