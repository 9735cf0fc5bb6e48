import { defineProblem, type ProblemFactory, type ProblemKind } from '../shared/problem.ts';

function refusal(kind: ProblemKind, code: string, sv: string, en: string, law?: string): ProblemFactory {
  return defineProblem({ code, kind, title: { sv, en }, ...(law === undefined ? {} : { law }) });
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
  'lag 2022:913 3:1–2; HSL 16:4',
);
export const consentDates = refusal(
  'unprocessable',
  'consent-dates',
  'Samtyckets slut ligger före början eller har redan passerat',
  'The end of the consent is before its beginning or has passed already',
  'lag 2022:913 3:1–2',
);
export const consentTooLong = refusal(
  'unprocessable',
  'consent-too-long',
  'Samtycket gäller längre än vad som är tillåtet',
  'The consent lasts longer than is allowed',
  'lag 2022:913 3:1–2',
);
export const consentTooGeneral = refusal(
  'unprocessable',
  'consent-too-general',
  'Ett samtycke måste säga vilka uppgifter och vem det gäller, inte allt eller alla',
  'A consent must say which data and whom it is about, not everything or everyone',
  'lag 2022:913 2:2, 3:1–2; OSL 12:2',
);
export const consentRecipientUnknown = refusal(
  'unprocessable',
  'consent-recipient-unknown',
  'Mottagaren finns inte i katalogen eller är inte verksam',
  'The recipient is not in the directory or is not active',
  'lag 2022:913 3:1–2',
);
export const consentRecipientUnfit = refusal(
  'unprocessable',
  'consent-recipient-unfit',
  'Ett samtycke av den här typen kan inte ges till den mottagaren',
  'A consent of this type cannot be given to that recipient',
  'lag 2022:913 1:1, 3:1–2, 3:7',
);
export const consentPlanUnknown = refusal(
  'unprocessable',
  'consent-plan-unknown',
  'Planen finns inte hos patienten',
  'The patient has no such plan',
);
export const consentGuardianUnknown = refusal(
  'unprocessable',
  'consent-guardian-unknown',
  'Den som svarar är inte registrerad som vårdnadshavare hos patienten',
  'Who answers is not registered as a guardian of the patient',
  'FB 6:11, 6:13',
);
export const consentNotByGuardians = refusal(
  'conflict',
  'consent-not-by-guardians',
  'Samtycket har lämnats av personen själv, inte av vårdnadshavare',
  'The consent was given by the person, not by guardians',
  'FB 6:11',
);
