import type { GuardianAnswer } from '../../shared/consent-facts.ts';
import type { ThingId } from '../../shared/ids.ts';
import { type Act, revised } from '../../shared/owned.ts';
import { wrong } from '../../shared/problem.ts';
import { consentGuardianUnknown, consentNotByGuardians, consentNotGiven } from '../problems.ts';
import { consentState } from './consent.ts';
import type { Consent } from './model.ts';

/** One guardian's answer as it was given; when, is the moment of the act. */
export type AnswerOfGuardian = Pick<GuardianAnswer, 'relatedPersonId' | 'answer'>;

/**
 * Guardians' answers to a consent for a child. It holds when every guardian of that day has said yes.
 *
 * @param guardians the registered guardians of the patient
 * @throws consentGuardianUnknown
 */
export function guardianAnswers(
  now: Act['now'],
  answers: readonly AnswerOfGuardian[] | undefined,
  guardians: ReadonlySet<ThingId>,
): readonly GuardianAnswer[] | undefined {
  if (answers === undefined) return undefined;
  const unknown = answers.flatMap(({ relatedPersonId }, i) =>
    guardians.has(relatedPersonId) ? [] : [`guardianAnswers.${i}.relatedPersonId`],
  );
  if (unknown.length > 0) throw consentGuardianUnknown({ invalidParameters: unknown.map(notGuardian) });
  return answers.map((one) => ({ ...one, at: now }));
}

/**
 * One guardian answers, or answers otherwise than before. A no takes the ground away at once.
 *
 * @throws consentNotGiven, consentNotByGuardians, consentGuardianUnknown
 */
export function answerAsGuardian(
  act: Pick<Act, 'now' | 'by'>,
  consent: Consent,
  given: AnswerOfGuardian,
  guardians: ReadonlySet<ThingId>,
): Consent {
  const state = consentState(consent, Date.parse(act.now));
  if (state !== 'given') throw consentNotGiven({ extra: { state } });
  if (!consent.guardianAnswers) throw consentNotByGuardians();
  if (!guardians.has(given.relatedPersonId)) {
    throw consentGuardianUnknown({ invalidParameters: [notGuardian('relatedPersonId')] });
  }
  const others = consent.guardianAnswers.filter((one) => one.relatedPersonId !== given.relatedPersonId);
  return revised<Consent>(consent, act, { guardianAnswers: [...others, { ...given, at: act.now }] });
}

function notGuardian(name: string) {
  return wrong(name, 'Är inte en registrerad vårdnadshavare.', 'Is not a registered guardian.');
}
