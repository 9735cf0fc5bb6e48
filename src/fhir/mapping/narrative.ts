import { STATE_WORDS_OF_PLAN } from './plan-words.ts';
import { partyName } from './references.ts';
import { safetyNetOf } from './safety-net.ts';
import { STEP_STATE_WORDS } from './states.ts';
import type { FhirView } from './view.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** What stands for something else in XHTML, and what XML cannot hold. */
const SPECIAL = /[&<>"]|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const MOST_STEPS = 50;

/** Half of a pair counts here too, so that whole pairs are looked at again: most texts hold nothing of it and are done. */
const MAY_BE_SPECIAL = /[&<>"]|[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/;

/** Text as XHTML: nothing that anyone wrote can become an element. Characters that XML cannot hold are left out. */
export function escapeXhtml(text: string): string {
  if (!MAY_BE_SPECIAL.test(text)) return text;
  return text.replace(SPECIAL, (letter) => ESCAPES[letter] ?? '');
}

const paragraph = (label: string, text: string | undefined) =>
  text ? `<p><b>${label}:</b> ${escapeXhtml(text)}</p>` : '';

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<p><b>${title}</b></p><ul>${items.map((item) => `<li>${escapeXhtml(item)}</li>`).join('')}</ul>`;
}

function steps(view: FhirView): readonly string[] {
  const open = view.plan.content.step.filter((step) => !step.enteredInError).toSorted((a, b) => a.order - b.order);
  return open.slice(0, MOST_STEPS).map((step) => {
    const what = step.patientText?.trim() || step.title;
    return `${what} – ${partyName(view, step.responsibleParty)} (${STEP_STATE_WORDS[step.state]})`;
  });
}

function signs(view: FhirView): readonly string[] {
  const net = safetyNetOf(view);
  return [...net.red, ...net.yellow, ...net.green].map(
    ({ sign, advice, day, night }) =>
      `${sign}: ${advice} Dagtid: ${day.name} ${day.phone}. Annan tid: ${night.name} ${night.phone}.`,
  );
}

/** Who the next step is with: who does it, or who goes on with it. */
function withWhom(view: FhirView): string | undefined {
  const { step, by } = view.nextStep ?? {};
  if (step) return step.performer ? `${step.performer}, ${step.who.name}` : step.who.name;
  return by?.name;
}

/**
 * The plan for a client that shows only this: what it is called, the next step, with whom, how to reach them, and what
 * to look out for. Swedish, of elements without attributes, so that nothing in it can act.
 */
export function planNarrative(view: FhirView): fhir4.Narrative {
  const { header } = view.plan;
  const unit = view.context.units.get(header.leadUnit)?.name;
  const title = header.title.trim() || 'Plan';
  const content = [
    `<p><b>${escapeXhtml(title)}</b></p>`,
    paragraph('Läge', STATE_WORDS_OF_PLAN[header.status]),
    paragraph('Nästa steg', view.nextStep?.sentence),
    paragraph('Med', withWhom(view)),
    paragraph('Kontakt', view.nextStep?.reach.words),
    paragraph('Ansvarig enhet', unit),
    list('Vem gör vad', steps(view)),
    list('Håll koll på', signs(view)),
  ].join('');
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${content}</div>` };
}
