import type { StaffActor } from '../../shared/actor.ts';
import type { UnitFacts } from '../../shared/unit-facts.ts';
import type { Facts } from './facts.ts';

/** Whoever works at a unit with the widest rights, to ask what the unit could be shown; social care needs no assignment. */
export function someoneAt({ hsaId, provider }: UnitFacts): StaffActor {
  const commission = { hsaId: '', purpose: 'Vård och behandling', rights: ['Läsa;alla;SJF'] };
  return {
    kind: 'staff',
    issuer: '',
    employeeHsaId: '',
    name: '',
    unitHsaId: hsaId,
    providerHsaId: provider.hsaId,
    ...(provider.kind === 'care' ? { commission } : {}),
  };
}

/** The same facts as somebody at the unit meets them. A protected person's list names people and not units: it is judged apart. */
export function seenFrom(unit: UnitFacts, facts: Facts): Facts {
  return { ...facts, actorUnit: unit, patient: { ...facts.patient, protection: 'none' } };
}
