/** Why something that was sent cannot be done as it was sent. */
export type InFaultCode = 'not-held' | 'read-only' | 'invalid' | 'required' | 'reference';

/** One element of what was sent that cannot be taken in: where and why, never what it held. */
export interface InFault {
  readonly code: InFaultCode;
  readonly expression: string;
  readonly sv: string;
  readonly en: string;
}

const WORDS: Readonly<Record<InFaultCode, readonly [sv: string, en: string]>> = {
  'not-held': ['Kan inte tas emot här', 'Cannot be taken in here'],
  'read-only': ['Kan inte ändras den här vägen', 'Cannot be changed this way'],
  invalid: ['Har ett värde som inte går att använda', 'Has a value that cannot be used'],
  required: ['Saknas', 'Is missing'],
  reference: ['Leder inte till något här', 'Leads to nothing here'],
};

/** A fault in its usual words, or in others. */
export function fault(code: InFaultCode, expression: string, sv = WORDS[code][0], en = WORDS[code][1]): InFault {
  return { code, expression, sv, en };
}

/** That a thing says no plan, and that the person's open plans do not tell which is meant. */
export function planUnsaid(expression: string): InFault {
  const sv = 'Ange planen: personen har ingen öppen plan, eller flera';
  return fault('required', expression, sv, 'Say which plan: the person has no open plan, or several');
}
