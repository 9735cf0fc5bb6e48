import type { TestApp } from '../../support/app.ts';
import { NUMBERS, registerPatient } from '../../support/plan-fixtures.ts';
import { CALLERS, type CallerName } from './answers.ts';
import { admin, type Ids, LATER, made, setWorld, type World } from './world.ts';

/** The day when each guardian asks: Love, born 2006-05-13, is then 12, 13 and 16. */
const ASKED_ON: Partial<Record<CallerName, string>> = {
  guardian12: '2018-11-16T08:00:00+01:00',
  guardian13: '2019-11-16T08:00:00+01:00',
  guardian16: '2022-11-16T08:00:00+01:00',
};
export const CHILD_START = ASKED_ON.guardian12!;
/** Time goes forward: first who asks about the child, the youngest first. */
export const ASKING_ORDER: readonly CallerName[] = [
  ...CALLERS.filter((caller) => caller in ASKED_ON),
  ...CALLERS.filter((caller) => !(caller in ASKED_ON)),
];
const ADULT_START = '2026-11-16T08:00:00+01:00';

/** The worlds of one run: a child with a guardian, and a grown-up with representative and proxy. */
export interface Worlds {
  /** Sets the clock and gives the world that a caller asks about. Callers are to come in `ASKING_ORDER`. */
  of(caller: CallerName): World;
}

async function related(service: TestApp, patientId: string, relation: string, personNumber: string): Promise<void> {
  const name = `Någon ${relation}`;
  const decision = relation === 'legal-representative' ? { decisionReference: 'Tingsrätten Ä 1234-25' } : {};
  const body = { relation, name, personNumber, ...decision };
  await made(admin(service).post(`/v1/patients/${patientId}/related-persons`, body));
}

/**
 * Sets up both, the child's first since time only goes forward.
 *
 * @param more ids of what is about no person
 */
export async function setWorlds(service: TestApp, more: Ids = {}): Promise<Worlds> {
  await service.owner.query(
    `update care_providers set joined_shared_documentation_from = '2010-01-01'
     where joined_shared_documentation_from is not null`,
  );
  const love = await registerPatient(service, 'love');
  await related(service, love, 'guardian', NUMBERS.petra);
  const child = await setWorld(service, love, CHILD_START, 'petra');
  service.setClock(ASKED_ON.guardian13!);
  const decision = { opensFor: 'child', assessment: 'Mogen för sin ålder.', from: `${LATER}T00:00:00Z` };
  const decided = await made(admin(service).post(`/v1/patients/${love}/unit-decisions`, decision));
  service.setClock(ADULT_START);
  const ester = await registerPatient(service);
  await related(service, ester, 'legal-representative', NUMBERS.petra);
  await related(service, ester, 'proxy', NUMBERS.mirza);
  const adult = await setWorld(service, ester, ADULT_START);
  const ids = { ...adult.ids, unitDecisionId: decided.id, ...more };
  return {
    of(caller) {
      service.setClock(ASKED_ON[caller] ?? ADULT_START);
      return caller in ASKED_ON ? child : { ...adult, ids };
    },
  };
}
