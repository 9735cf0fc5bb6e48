import { getPersona } from '../../demo/index.ts';
import { ASSESSORS, HEALTH_CENTRE, HEART, HOME_CARE, HOME_HELP, MAJ, ON_CALL, tst, WARD } from './cast.ts';
import type { Play } from './play.ts';
import type { Remarks } from './scene.ts';

export const HOMEWARD = 'Hemgång med papper och läkemedelslista';
export const WEIGHT = 'Viktkontroll';
const OWN_WORDS =
  'Jag vill hem till min stol vid fönstret och kunna gå till brevlådan. Jag vill inte ringa 112 en gång till.';

/** The ward registers Ester and writes what is known: a preliminary day, and who is asked for what. */
export async function admit(play: Play): Promise<Remarks> {
  const { personalIdentityNumber, given_name, family_name } = getPersona('ester').claims;
  const person = await play.post('tove-testrup', '/v1/patients', {
    personNumber: personalIdentityNumber,
    givenName: given_name,
    familyName: family_name,
    preferredContactWay: 'phone',
    contactNeeds: { cannotUse1177: true },
  });
  play.remember('Ester', person.id, `/v1/patients/${person.id}`);
  const daughter = await play.post('tove-testrup', `/v1/patients/${person.id}/related-persons`, {
    relation: 'relative',
    name: 'Britt Exempelsson',
    kinship: 'dotter',
    approvedForPatient: true,
  });
  play.remember('Britt', daughter.id, '');
  await play.writePlan('tove-testrup', 'SPU', {
    patientId: person.id,
    kind: 'SPU',
    status: 'proposed',
    title: 'Hem från lasarettet',
    approvedForPatient: true,
    whatMatters: [{ text: OWN_WORDS }],
    namedContacts: [{ ref: 'fast', role: 'fast-vardkontakt', state: 'requested', unit: HEALTH_CENTRE.unit }],
    participants: [ASSESSORS, HOME_HELP].map((party) => ({ party })),
    steps: [
      {
        title: 'Utse fast vårdkontakt',
        patientText: 'Vårdcentralen utser din fasta vårdkontakt',
        responsibleParty: HEALTH_CENTRE,
        time: { form: 'latest-by', by: '2026-11-18T12:00:00+01:00' },
      },
      {
        title: HOMEWARD,
        patientText: 'Du åker hem',
        responsibleParty: WARD,
        time: { form: 'window', from: '2026-11-20', to: '2026-11-20' },
      },
    ],
  });
  await play.change('tove-testrup', 'SPU', 'transition', { to: 'active' });
  const { plan } = await play.get<{ plan: { status: string } }>('ester', `/v1/plans/${play.id('SPU')}`);
  return { checks: [{ what: 'SPU', expected: 'active', actual: plan.status }] };
}

/** Ready for discharge: the way home is booked, home care and the heart clinic are asked. */
export async function ready(play: Play): Promise<Remarks> {
  await play.change('tove-testrup', `SPU: ${HOMEWARD}`, 'transition', {
    to: 'booked',
    time: { form: 'fixed', start: '2026-11-21T11:00:00+01:00', changeable: { byPatient: false } },
  });
  await play.add('tove-testrup', 'SPU', 'steps', {
    title: WEIGHT,
    patientText: 'Hemsjukvården kommer och väger dig',
    responsibleParty: HOME_CARE,
    way: { kind: 'home' },
    needsFromPrevious: 'Utskrivningsvikt och läkemedelslista',
    predecessors: [play.id(`SPU: ${HOMEWARD}`)],
    time: { form: 'recurring', series: { every: 'day', startsOn: '2026-11-22', endsOn: '2026-11-25' } },
  });
  await play.add('tove-testrup', 'SPU', 'steps', {
    title: 'Uppföljning',
    patientText: 'Hjärtmottagningen',
    responsibleParty: HEART,
    performer: { staff: tst('P002'), name: 'Ali Provsson' },
    way: { kind: 'visit', place: 'Provköpings lasarett, ingång B' },
    time: {
      form: 'fixed',
      start: '2026-12-11T10:00:00+01:00',
      changeable: { byPatient: true, how: 'Ring hjärtmottagningen' },
    },
  });
  return {};
}

/** Whose the weighing is at this moment: asked is not the same as answerable. */
export async function whoseWeighing(play: Play, expected: string): Promise<Remarks> {
  const { responsibleNow, state } = await play.read('tove-testrup', `SPU: ${WEIGHT}`);
  return { checks: [{ what: 'viktkontrollen', expected, actual: `${state}, ${responsibleNow}` }] };
}

/** A unit says yes to what it was asked: to take part, or to a step. */
export async function accept(play: Play, persona: string, names: readonly string[]): Promise<void> {
  for (const name of names) await play.change(persona, name, 'accept', {});
}

/** An invitation that was made by asking a unit for a step is known by the unit. */
export async function acceptInvitation(play: Play, persona: string, unit: string): Promise<void> {
  const whole = await play.get<{ participants: readonly { id: string; party: { unit?: string } }[] }>(
    persona,
    `/v1/plans/${play.id('SPU')}`,
  );
  const own = whole.participants.find(({ party }) => party.unit === unit);
  play.remember(`SPU: ${unit}`, own?.id ?? '', `/v1/plans/${play.id('SPU')}/participants`);
  await accept(play, persona, [`SPU: ${unit}`]);
}

/** The health centre names its contact and a deputy, which was what it had taken on. */
export async function designate(play: Play): Promise<Remarks> {
  await play.change('maj-modell', 'SPU: fast-vardkontakt', 'transition', {
    to: 'designated',
    person: MAJ,
    from: '2026-11-18',
  });
  await play.change('maj-modell', 'SPU: fast-vardkontakt', '', { deputy: ON_CALL }, { method: 'PATCH' });
  await play.report('maj-modell', 'SPU: Utse fast vårdkontakt', { outcome: 'done' });
  return {};
}

/** The health centre takes on to call Ester and to call the parties together. */
export async function planMonday(play: Play): Promise<Remarks> {
  const contact = { namedContactId: play.id('SPU: fast-vardkontakt') };
  await play.add('maj-modell', 'SPU', 'steps', {
    title: 'Ring Ester dagen efter hemgång',
    patientText: 'Maj ringer dig',
    performer: MAJ,
    way: { kind: 'phone' },
    contact,
    time: { form: 'window', from: '2026-11-23', to: '2026-11-23T12:00:00+01:00' },
  });
  await play.add('maj-modell', 'SPU', 'steps', {
    title: 'Kallelse SIP',
    patientText: 'Maj kallar till ett möte om en gemensam plan',
    way: { kind: 'letter' },
    contact,
    time: { form: 'latest-by', by: '2026-11-23' },
  });
  return {};
}

/** The parties are called, and the meeting booked. */
export async function call(play: Play): Promise<Remarks> {
  await play.report('maj-modell', 'SPU: Kallelse SIP', { outcome: 'done', note: 'Brev och telefon.' });
  await play.add('maj-modell', 'SPU', 'steps', {
    title: 'SIP-möte i hemmet',
    patientText: 'Möte hemma',
    way: { kind: 'home' },
    contact: { namedContactId: play.id('SPU: fast-vardkontakt') },
    time: { form: 'fixed', start: '2026-11-26T13:00:00+01:00', changeable: { byPatient: true, how: 'Ring Maj' } },
  });
  await play.change('maj-modell', 'SPU: SIP-möte i hemmet', 'transition', { to: 'booked' });
  return {};
}

/** Reports one of the daily weighings, in kilograms. */
export const weighs =
  (day: string, kg: number) =>
  async (play: Play): Promise<Remarks> => {
    const body = { outcome: 'done', occurrence: day, value: { amount: kg, unit: 'kg' } };
    await play.report('hanna-hittepa', `SPU: ${WEIGHT}`, body);
    return {};
  };
