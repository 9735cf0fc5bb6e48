/**
 * What of a thing FHIR does not tell, so that it is lost on the way out and back, by kind: a path in the thing with all
 * that is below it, and after a colon when, if not always. These and no others are lost: a test holds that, for generated
 * plans and for one with everything in it. An update leaves what stands here as it is. docs/fhir.md says the same in words.
 */
export const LOST: Readonly<Record<string, readonly string[]>> = {
  step: [
    'patientText:same-as-title',
    'purpose',
    'healthMeasure',
    'way.place',
    'way.careLevel',
    'contact',
    'supportUnit',
    'performer',
    'deputy',
    'needsFromPrevious',
    'order',
    'reason:where-none-is-asked-for',
    'stateBefore',
    'endedByDeath',
    'madeByDeath',
    'factsChanged',
    'answeredBy:by-and-when',
    'askedAt',
    'proposal:content',
    'responsibleParty.kind',
  ],
  commitment: [
    'order',
    'judged:by-and-when',
    'judged.why:where-none-is-asked-for',
    'answeredBy',
    'proposal:content',
    'by.kind',
    'to.kind',
  ],
  goal: ['proposal:content'],
  'what-matters': [],
  'named-contact': [
    'away',
    'deputy',
    'from:ended-before-it',
    'basis',
    'designatedBy',
    'isPrimary',
    'reason',
    'person:when-protected',
    'roleName',
  ],
  remark: [],
};

/** Lost of every thing: who wrote, changed and signed it, but for the unit; and when it was made, where FHIR has no place. */
export const LOST_OF_ALL: readonly string[] = [
  'recordedBy:but-the-unit',
  'changedBy',
  'signedBy',
  'signedAt',
  'createdAt:where-there-is-no-place',
];
