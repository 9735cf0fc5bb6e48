/**
 * What a unit has to do, by why: due today, late, handed to it and not yet received or accepted, waiting for others, asked
 * to take part, asked for its yes to an agreement, or fallen between chairs.
 */
export const WORK_LISTS = [
  'today',
  'late',
  'to-receive',
  'to-accept',
  'waiting',
  'findings',
  'invitations',
  'approvals',
] as const;
export type WorkListName = (typeof WORK_LISTS)[number];

/** What one row of a list is. */
export const WORK_ITEM_KINDS = ['step', 'handover', 'participant', 'agreement-version', 'finding'] as const;
export type WorkItemKind = (typeof WORK_ITEM_KINDS)[number];

/** What is due first at the top, or last. */
export const WORK_ORDERS = ['asc', 'desc'] as const;
export type WorkOrder = (typeof WORK_ORDERS)[number];

/** What the lists are called to people. */
export const WORK_LIST_WORDS: Readonly<Record<WorkListName, string>> = {
  today: 'Idag',
  late: 'Sent',
  'to-receive': 'Väntar på att vi tar emot',
  'to-accept': 'Väntar på att vi tar över',
  waiting: 'Vi väntar på andra',
  findings: 'Har fallit mellan stolarna',
  invitations: 'Inbjudningar',
  approvals: 'Väntar på vårt godkännande',
};
