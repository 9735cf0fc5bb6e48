import type { NextStep } from '../../plans/domain/next-step.ts';
import { isDate } from '../../plans/domain/when.ts';
import { words } from './owned.ts';
import { refTo } from './references.ts';
import type { FhirView } from './view.ts';

type Values = Pick<FhirView, 'shards'>;

/** One value of the answer, by name; the same in the extension and in the operation's answer. */
interface Told {
  readonly name: string;
  readonly value: {
    readonly valueCode?: string;
    readonly valueString?: string;
    readonly valueDateTime?: string;
    readonly valueDate?: string;
    readonly valueBoolean?: boolean;
    readonly valueReference?: fhir4.Reference;
  };
}

function when(name: string, at: string | undefined): Told[] {
  if (at === undefined) return [];
  return [{ name, value: isDate(at) ? { valueDate: at } : { valueDateTime: at } }];
}

function text(name: string, valueString: string | undefined): Told[] {
  const value = words(valueString);
  return value === undefined ? [] : [{ name, value: { valueString: value } }];
}

function reference(name: string, valueReference: fhir4.Reference | undefined): Told[] {
  return valueReference ? [{ name, value: { valueReference } }] : [];
}

function toldOf(view: Values, next: NextStep): Told[] {
  const { step, reach, by, after, late } = next;
  const at = next.when;
  return [
    { name: 'kind', value: { valueCode: next.kind } },
    ...text('sentence', next.sentence),
    ...reference('plan', refTo(view as FhirView, 'CarePlan', next.planId)),
    ...reference('step', refTo(view as FhirView, 'Task', step?.id)),
    ...when('occurrence', next.occurrence),
    ...text('duty', next.duty),
    ...text('what', next.what),
    ...text('who', step?.who.name ?? by?.name),
    ...text('when', at?.words),
    ...when('start', at?.start ?? at?.on ?? at?.from),
    ...when('latest', at?.by ?? next.byWhen),
    { name: 'late', value: { valueBoolean: late !== undefined } },
    ...text('contact', reach.contact.name),
    ...text('channel', reach.channel.kind),
    ...text('channelValue', reach.channel.value),
    { name: 'openNow', value: { valueBoolean: reach.open } },
    ...text('reach', reach.words),
    ...text('after', after?.sentence),
    ...reference('afterStep', refTo(view as FhirView, 'Task', after?.stepId)),
  ];
}

/** The next step on the plan itself. */
export function nextStepExtension(view: FhirView): fhir4.Extension[] {
  if (!view.nextStep) return [];
  const extension = toldOf(view, view.nextStep).map(({ name, value }) => ({ url: name, ...value }));
  return [{ url: view.urls.extension('next-step'), extension }];
}

/** The next step as an operation answers it; a plan or a person without any gives `none`. */
export function nextStepParameters(view: Values, next: NextStep | undefined): fhir4.Parameters {
  if (!next) return { resourceType: 'Parameters', parameter: [{ name: 'kind', valueCode: 'none' }] };
  const parameter = toldOf(view, next).map(({ name, value }) => ({ name, ...value }));
  return { resourceType: 'Parameters', parameter };
}
