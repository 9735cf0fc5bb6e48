import type { FollowUp, Link, SafetyNetItem } from '../../plans/domain/model.ts';
import type { SignView } from '../../plans/domain/overview-safety-net.ts';
import { elementId, parts, textPart } from './owned.ts';
import { unitRef } from './references.ts';
import { safetyNetOf } from './safety-net.ts';
import type { FhirView } from './view.ts';

function signExtension(view: FhirView, item: SafetyNetItem, call: SignView | undefined): fhir4.Extension {
  return {
    ...elementId(item),
    url: view.urls.extension('safety-net'),
    extension: parts([
      { url: 'level', valueCode: item.level },
      textPart('sign', item.sign),
      textPart('action', item.advice),
      call && textPart('contactByDay', `${call.day.name}, ${call.day.phone}`),
      call && textPart('contactByNight', `${call.night.name}, ${call.night.phone}`),
    ]),
  };
}

/** "Håll koll på": each sign with what to do and whom to call by day and by night. */
export function safetyNetExtensions(view: FhirView): fhir4.Extension[] {
  const net = safetyNetOf(view);
  const calls = new Map([...net.green, ...net.yellow, ...net.red].map((sign) => [sign.id, sign]));
  const items = view.plan.content['safety-net-item'].toSorted((a, b) => a.order - b.order);
  return items.map((item) => signExtension(view, item, calls.get(item.id)));
}

function followUpExtension(view: FhirView, one: FollowUp): fhir4.Extension {
  return {
    ...elementId(one),
    url: view.urls.extension('follow-up'),
    extension: parts([
      { url: 'planned', valueDate: one.plannedOn },
      { url: 'responsible', valueReference: unitRef(view, one.responsibleUnit) },
      one.doneOn === undefined ? undefined : { url: 'done', valueDate: one.doneOn },
      textPart('outcome', one.outcome),
      textPart('story', one.story),
      one.rating === undefined ? undefined : { url: 'rating', valueInteger: one.rating },
    ]),
  };
}

export function followUpExtensions(view: FhirView): fhir4.Extension[] {
  return view.plan.content['follow-up'].map((one) => followUpExtension(view, one));
}

function linkExtension(view: FhirView, link: Link): fhir4.Extension {
  return {
    ...elementId(link),
    url: view.urls.extension('link'),
    extension: parts([
      { url: 'to', valueCode: link.to },
      textPart('title', link.title),
      link.url === undefined ? undefined : { url: 'url', valueUrl: link.url },
      textPart('reference', link.reference),
    ]),
  };
}

/** References to what is kept elsewhere: never copies. */
export function linkExtensions(view: FhirView): fhir4.Extension[] {
  return view.plan.content.link.map((link) => linkExtension(view, link));
}
