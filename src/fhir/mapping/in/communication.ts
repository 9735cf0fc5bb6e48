import type { Remark } from '../../../plans/domain/model.ts';
import { given, type InChange, type InContext } from './change.ts';
import { fault, type InFault } from './faults.ts';
import { extensionsNotTaken, type HeldTree, notTaken, OF_NO_CONSEQUENCE } from './held.ts';
import { codeOf, identifierFaults, idIn, ownershipOf } from './parts.ts';

const HELD: HeldTree = {
  ...OF_NO_CONSEQUENCE,
  extension: true,
  identifier: true,
  basedOn: true,
  inResponseTo: true,
  status: true,
  category: true,
  subject: true,
  about: true,
  sent: 'managed',
  recipient: 'managed',
  sender: 'managed',
  payload: { contentString: true },
};
/** What has been said is not reworded: of a message that is there, only that it was a mistake can be said. */
const SAID: HeldTree = {
  ...Object.fromEntries(Object.keys(HELD).map((name) => [name, 'managed'] as const)),
  ...OF_NO_CONSEQUENCE,
  status: true,
};

const WISHED = 'Önskad tid: ';
const WHATS: ReadonlySet<string> = new Set<Remark['what']>([
  'comment',
  'question',
  'objection',
  'another-time',
  'disagreement',
]);

function faultsOf(sent: fhir4.Communication, { urls }: InContext, current?: fhir4.Communication): InFault[] {
  const known = { [urls.extension('legal-basis')]: 'managed' } as const;
  return [
    ...notTaken(sent, current ? SAID : HELD, 'Communication', current),
    ...extensionsNotTaken(sent.extension, known, 'Communication', current?.extension),
    ...identifierFaults(sent.identifier, urls, 'Communication'),
  ];
}

/** A message's fields as FHIR tells them: its words, and the time that is wished for. */
export function remarkFields(sent: fhir4.Communication, { urls }: InContext): Record<string, unknown> {
  const texts = (sent.payload ?? []).flatMap(({ contentString }) => contentString ?? []);
  const wished = texts.find((text, i) => i > 0 && text.startsWith(WISHED));
  const about = sent.about?.[0];
  const aboutId = idIn(about, 'Task') ?? idIn(about, 'Goal');
  return given({
    what: codeOf(sent.category, urls.system('remark-kind')) ?? 'comment',
    aboutId,
    text: texts.filter((text) => text !== wished).join('\n\n'),
    wishedTime: wished?.slice(WISHED.length),
  });
}

/** A new message beside the plan or a thing of it, or the answer to one. */
export function createCommunication(sent: fhir4.Communication, context: InContext): InChange {
  const { what, text, ...rest } = remarkFields(sent, context);
  const { legalBasis, externalId, approvedForPatient } = ownershipOf(sent, context.urls);
  const faults = faultsOf(sent, context);
  if (text === '') faults.push(fault('required', 'Communication.payload'));
  if (sent.status !== 'completed' && sent.status !== 'in-progress')
    faults.push(fault('invalid', 'Communication.status'));
  const answers = idIn(sent.inResponseTo?.[0], 'Communication');
  if (answers !== undefined) {
    return { acts: [{ act: 'remark.answer', about: answers, body: given({ text, legalBasis, externalId }) }], faults };
  }
  if (!WHATS.has(String(what))) faults.push(fault('invalid', 'Communication.category'));
  const body = given({ what, text, ...rest, legalBasis, externalId, approvedForPatient });
  return { acts: [{ act: 'remark.write', body }], faults };
}

/** A message that was a mistake; nothing else of it can be changed. */
export function updateCommunication(
  sent: fhir4.Communication,
  current: fhir4.Communication,
  context: InContext,
): InChange {
  const faults = faultsOf(sent, context, current);
  const what = codeOf(current.category, context.urls.system('remark-kind')) ?? '';
  // Feedback between units is not a remark, and is answered by its own acts.
  if (sent.status !== current.status && what !== 'answer' && !WHATS.has(what)) {
    return { acts: [], faults: [...faults, fault('read-only', 'Communication.status')] };
  }
  if (sent.status === current.status) return { acts: [], faults };
  if (sent.status !== 'entered-in-error')
    return { acts: [], faults: [...faults, fault('read-only', 'Communication.status')] };
  const reason = sent.statusReason?.text;
  return { acts: [{ act: 'remark.in-error', about: sent.id!, body: given({ reason }), first: true }], faults };
}
