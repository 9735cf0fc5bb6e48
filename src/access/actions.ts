/**
 * Everything that can be done to a plan, a patient or the log: the closed list that routes declare, the policy
 * decides on and the access log names. The second word is Inera's log activity.
 */
export const ACTIONS = {
  'directory.read': 'Läsa',
  'patient.register': 'Skriva',
  'patient.find': 'Läsa',
  'patient.read': 'Läsa',
  'patient.change': 'Skriva',
  'patient.join': 'Skriva',
  'consent.read': 'Läsa',
  'consent.record': 'Skriva',
  'consent.withdraw': 'Skriva',
  'log.extract': 'Läsa',
  'log.review': 'Läsa',
  'log.record-review': 'Skriva',
  'overview.read': 'Läsa',
  'plan.list': 'Läsa',
  'plan.read': 'Läsa',
  'plan.read-history': 'Läsa',
  'plan.look-up': 'Läsa',
  'plan.create': 'Skriva',
  'plan.change': 'Skriva',
  'plan.transition': 'Skriva',
  'plan.add-content': 'Skriva',
  'content.change': 'Skriva',
  'step.add': 'Skriva',
  'step.answer': 'Skriva',
  'step.change': 'Skriva',
  'step.report': 'Skriva',
  'participant.answer': 'Skriva',
  'commitment.answer': 'Skriva',
  'commitment.judge': 'Skriva',
  'remark.write': 'Skriva',
  'agreement.propose': 'Skriva',
  'agreement.answer': 'Signera',
  'receipt.answer': 'Skriva',
  'work-list.read': 'Läsa',
} as const;

export type Action = keyof typeof ACTIONS;
/** Inera's log contract: Läsa, Skriva, Signera, Utskrift, Vidimera, Radera, Nödöppning. */
export type Activity = (typeof ACTIONS)[Action];
