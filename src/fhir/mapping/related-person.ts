import type { RelatedPerson } from '../../patients/domain/related-person.ts';
import { type PatientId, publicId } from '../../shared/ids.ts';
import { metaOf, words } from './owned.ts';
import { patientRef } from './references.ts';
import { SYSTEMS } from './systems.ts';
import type { ReaderKind } from './view.ts';

const WORDS: Readonly<Record<RelatedPerson['relation'], string>> = {
  relative: 'Närstående',
  guardian: 'Vårdnadshavare',
  'legal-representative': 'Ställföreträdare',
  proxy: 'Ombud',
};

/** A relative, guardian or legal representative; the own number to staff only, as on the REST door. */
export function relatedPersonFrom(one: RelatedPerson, patientId: PatientId, reader: ReaderKind): fhir4.RelatedPerson {
  const { from, until, phone, personNumber } = one;
  const number = reader === 'staff' ? personNumber : undefined;
  const period = { ...(from !== undefined && { start: from }), ...(until !== undefined && { end: until }) };
  const system = number && SYSTEMS[number.kind];
  return {
    resourceType: 'RelatedPerson',
    id: publicId(one.patientId, one.id),
    meta: metaOf(one),
    ...(number && { identifier: [{ system, value: number.digits }] }),
    ...(one.enteredInError && { active: false }),
    patient: patientRef(patientId),
    relationship: [{ text: words(one.kinship) ?? WORDS[one.relation] }],
    name: [{ text: one.name }],
    ...(words(phone) !== undefined && { telecom: [{ system: 'phone' as const, value: phone! }] }),
    ...(Object.keys(period).length > 0 && { period }),
  };
}
