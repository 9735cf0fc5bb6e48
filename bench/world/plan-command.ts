import type { Days } from '../../src/demo/days.ts';
import type { CreatePlan } from '../../src/plans/domain/create-plan.ts';
import type { Party } from '../../src/plans/domain/model.ts';
import { partyOfUnit } from '../../src/plans/domain/party.ts';
import type { PatientId } from '../../src/shared/ids.ts';
import type { District, UnitRole } from './district.ts';

type Steps = NonNullable<CreatePlan['steps']>;
type Time = Steps[number]['time'];

/** Who has the twenty steps; the home nurses have five. */
const STEPS: readonly (readonly [UnitRole | 'patient', string, string])[] = [
  ['ward', 'Hemgång med papper och läkemedelslista', 'Du åker hem'],
  ['ward', 'Utskrivningsvikt till hemsjukvården', 'Vi skickar din vikt till hemsjukvården'],
  ['centre', 'Ring efter hemgången', 'Maj ringer dig'],
  ['nursing', 'Viktkontroll', 'Hemsjukvården kommer och väger dig'],
  ['homeHelp', 'Hjälp på morgonen', 'Hemtjänsten hjälper dig med frukost och stödstrumpor'],
  ['patient', 'Promenad', 'Du går till brevlådan'],
  ['nursing', 'Blodtryck', 'Hemsjukvården tar blodtrycket'],
  ['centre', 'Provtagning', 'Du lämnar blodprov'],
  ['clinic', 'Uppföljning på hjärtmottagningen', 'Besök på hjärtmottagningen'],
  ['rehab', 'Bedömning av balans', 'Fysioterapeuten kommer hem till dig'],
  ['assessors', 'Genomgång av insatser', 'Biståndshandläggaren går igenom hjälpen med dig'],
  ['nursing', 'Läkemedelsgenomgång', 'Hemsjukvården går igenom dina läkemedel'],
  ['homeHelp', 'Inköp', 'Hemtjänsten handlar åt dig'],
  ['nursing', 'Sårvård', 'Hemsjukvården lägger om såret'],
  ['centre', 'Läkarbesök', 'Du träffar din läkare'],
  ['patient', 'Väga mig', 'Du väger dig på morgonen'],
  ['nursing', 'Samtal om hur det går', 'Hemsjukvården ringer dig'],
  ['homeHelp', 'Dusch', 'Hemtjänsten hjälper dig att duscha'],
  ['rehab', 'Träningsprogram', 'Du får ett program att träna efter'],
  ['clinic', 'Ultraljud av hjärtat', 'Undersökning på hjärtmottagningen'],
];

function timeOf(i: number, days: Days): Time {
  const day = days.workday(i + 1);
  switch (i % 4) {
    case 0:
      return {
        form: 'fixed',
        start: days.at(day, '10:00'),
        end: days.at(day, '10:45'),
        changeable: { byPatient: true, how: 'Ring mottagningen' },
      };
    case 1:
      return { form: 'window', from: day, to: days.workday(i + 3) };
    case 2:
      return { form: 'latest-by', by: day };
    default:
      return { form: 'recurring', series: { every: 'day', interval: 1, startsOn: days.day(1), endsOn: days.day(20) } };
  }
}

/** Words of different length, as people write them. */
function clinicalText(variant: number, i: number): string {
  const words = 'Vikt och blodtryck, rapportera uppgång över två kilo på tre dagar till vårdcentralen. ';
  return words.repeat(1 + ((variant + i) % 3)).trim();
}

/**
 * The plan that is measured: 20 steps, 8 participants (seven units and the patient), 3 goals, 6 promises, and one or a
 * few of what else a plan has. Written by the ward; parts of another unit are proposed to it.
 */
export function planCommand(patientId: PatientId, { units }: District, days: Days, variant: number): CreatePlan {
  const shown = { approvedForPatient: true } as const;
  const of = (role: UnitRole | 'patient'): Party =>
    role === 'patient' ? { kind: 'patient' } : partyOfUnit(units[role]);
  const promise = (by: UnitRole | 'patient', to: UnitRole | 'patient', text: string) => ({
    ...shown,
    by: of(by),
    to: of(to),
    text,
    ...(by === 'patient' ? { ownYes: { method: 'oral' as const } } : {}),
  });
  return {
    ...shown,
    patientId,
    kind: 'SPU',
    status: 'proposed',
    title: `Hem från lasarettet ${variant}`,
    purpose: 'Trygg hemgång med hjärtsvikt',
    periodFrom: days.today,
    whatMatters: [{ ...shown, text: 'Jag vill hem till min stol vid fönstret och kunna gå till brevlådan.' }],
    goals: [
      { ...shown, text: 'Gå till brevlådan varannan dag', whose: 'patient', targetOn: days.day(60) },
      { ...shown, text: 'Hålla vikten', whose: 'patient' },
      { ...shown, text: 'Blodtryck under 140/85', whose: 'professional', targetOn: days.day(30) },
    ],
    namedContacts: [
      { ...shown, ref: 'maj', role: 'fast-vardkontakt', state: 'requested', unit: units.centre.hsaId, basis: 'need' },
    ],
    participants: (['clinic', 'rehab', 'centre', 'assessors', 'nursing', 'homeHelp'] as const).map((role) => ({
      ...shown,
      party: of(role),
    })),
    steps: STEPS.map(([role, title, patientText], i) => ({
      ...shown,
      ref: `s${i}`,
      title,
      patientText,
      clinicalText: clinicalText(variant, i),
      purpose: 'treatment',
      responsibleParty: of(role),
      way: { kind: role === 'clinic' || role === 'ward' ? 'visit' : 'home' },
      time: timeOf(i, days),
      ...(role === 'patient' ? { ownYes: { method: 'oral' } } : {}),
      ...(i > 0 && i % 5 === 0 ? { predecessors: [`s${i - 1}`], needsFromPrevious: 'Vikt och läkemedelslista' } : {}),
      ...(role === 'centre' ? { contact: { namedContactRef: 'maj' } } : {}),
    })),
    commitments: [
      promise('patient', 'centre', 'Jag ringer Maj om vikten går upp 2 kg på 3 dagar.'),
      promise('centre', 'patient', 'Vi ringer tillbaka samma dag.'),
      promise('homeHelp', 'patient', 'Vi skriver upp vikten när du har vägt dig.'),
      promise('nursing', 'centre', 'Vi rapporterar vikten varje vecka.'),
      promise('ward', 'patient', 'Du kan ringa avdelningen första veckan.'),
      promise('patient', 'homeHelp', 'Jag säger till när jag behöver mer hjälp.'),
    ],
    safetyNet: [
      { ...shown, level: 'green', sign: 'Vikten är jämn och du andas som vanligt', advice: 'Fortsätt som vanligt.' },
      {
        ...shown,
        level: 'yellow',
        sign: 'Vikten går upp 2 kg på 3 dagar',
        advice: 'Ring Maj samma dag.',
        call: { day: { namedContactRef: 'maj' }, night: { name: '1177', phone: '1177' } },
      },
      { ...shown, level: 'red', sign: 'Svårt att andas i vila, eller ont i bröstet', advice: 'Ring 112.' },
    ],
    followUps: [{ ...shown, plannedOn: days.workday(30) }],
    links: [{ ...shown, to: 'medicines', title: 'Läkemedelslistan', url: 'https://www.1177.se/' }],
  };
}
