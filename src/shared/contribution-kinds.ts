/**
 * The kinds of contributions that a plan is made of, in the order in which they are stored and read. A consent can be to
 * some of them only.
 */
export const CONTRIBUTION_KINDS = [
  'plan',
  'what-matters',
  'goal',
  'named-contact',
  'participant',
  'step',
  'report',
  'self-care-assessment',
  'commitment',
  'safety-net-item',
  'agreement-version',
  'agreement-act',
  'receipt',
  'follow-up',
  'link',
  'remark',
  'handover',
  'feedback',
] as const;
