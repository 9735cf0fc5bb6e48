/**
 * What of a thing FHIR does not tell, so that it is lost on the way out and back, by kind: everything else comes back as it
 * went (a test holds that for generated plans), and an update leaves what stands here as it is. docs/fhir.md says the same
 * in words.
 */
export const LOST = {
  step: [
    // Text for the patient that says the same as the title comes back as the title alone.
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
    'stateBefore',
    'factsChanged',
    'answeredBy:by-and-when',
    'proposal:content',
    'responsibleParty:kind',
  ],
  commitment: ['order', 'judged:by-and-when', 'answeredBy', 'proposal:content', 'by:kind', 'to:kind'],
  goal: ['whose:of-protected-staff', 'proposal:content'],
  'what-matters': [],
  'named-contact': [
    'away',
    'deputy',
    'basis',
    'designatedBy',
    'isPrimary',
    'reason',
    'person:when-protected',
    'roleName',
  ],
  remark: [],
} as const;

/** Every thing also keeps to itself who wrote and changed it, but for the unit, and when it was made where FHIR has no place. */
export const LOST_OF_ALL = ['recordedBy:person', 'changedBy', 'createdAt'] as const;
