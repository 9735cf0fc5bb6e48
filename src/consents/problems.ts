import { defineProblem, type ProblemFactory, type ProblemKind } from '../shared/problem.ts';

function refusal(kind: ProblemKind, code: string, sv: string, en: string): ProblemFactory {
  return defineProblem({ code, kind, title: { sv, en } });
}

export const consentNotGiven = refusal(
  'conflict',
  'consent-not-given',
  'Samtycket gäller inte, så det finns inget att återkalla',
  'The consent is not in effect, so there is nothing to withdraw',
);
export const consentNeedsEnd = refusal(
  'unprocessable',
  'consent-needs-end',
  'Ett samtycke måste ha ett slut',
  'A consent must have an end',
);
export const consentDates = refusal(
  'unprocessable',
  'consent-dates',
  'Samtyckets slut ligger före början eller har redan passerat',
  'The end of the consent is before its beginning or has passed already',
);
export const consentTooLong = refusal(
  'unprocessable',
  'consent-too-long',
  'Samtycket gäller längre än vad som är tillåtet',
  'The consent lasts longer than is allowed',
);
export const consentTooGeneral = refusal(
  'unprocessable',
  'consent-too-general',
  'Ett samtycke måste säga vilka uppgifter och vem det gäller, inte allt eller alla',
  'A consent must say which data and whom it is about, not everything or everyone',
);
export const consentRecipientUnknown = refusal(
  'unprocessable',
  'consent-recipient-unknown',
  'Mottagaren finns inte i katalogen eller är inte verksam',
  'The recipient is not in the directory or is not active',
);
export const consentRecipientUnfit = refusal(
  'unprocessable',
  'consent-recipient-unfit',
  'Ett samtycke av den här typen kan inte ges till den mottagaren',
  'A consent of this type cannot be given to that recipient',
);
export const consentPlanUnknown = refusal(
  'unprocessable',
  'consent-plan-unknown',
  'Planen finns inte hos patienten',
  'The patient has no such plan',
);
