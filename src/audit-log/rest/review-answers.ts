import { z } from 'zod';
import { dateText, instantText, patientIdText, referenceIdText } from '../../http/fields.ts';
import { hsaIdText } from '../../http/owned-answer.ts';
import { pageOf } from '../../http/paging.ts';
import { publicPatientId, publicReferenceId } from '../../shared/ids.ts';
import type { KnownPerson } from '../domain/patterns.ts';
import { CONCLUSION_OUTCOMES, type Conclusion, PATTERNS } from '../domain/review.ts';
import type { ReviewHead, ShownReview, StoredReview } from '../reviews.ts';
import type { Watch } from '../watches.ts';

/** What reviewers are answered; plain, since answers are written and never read back. */

const words = z.string();
const list = z.array(words).readonly();

const conclusion = z
  .object({
    id: referenceIdText,
    at: instantText,
    byStaff: hsaIdText,
    byName: words,
    outcome: z.enum(CONCLUSION_OUTCOMES),
    text: words,
    findings: z.array(z.int()).readonly(),
  })
  .meta({ id: 'LogReviewConclusion', description: 'Vad en granskning kom fram till.' });
export const conclusionAnswer = conclusion;

const finding = z
  .object({
    number: z.int().meta({ description: 'Fyndets nummer i granskningen.' }),
    user: z.object({
      kind: z.enum(['staff', 'citizen', 'system', 'operator', 'unknown']),
      id: words.optional().meta({ description: 'HSA-id, eller systemets klient-id. Saknas för privatpersoner.' }),
      name: words.optional().meta({ description: 'Saknas för den som har skyddad identitet.' }),
      title: words.optional(),
    }),
    patient: z.object({ id: patientIdText, givenName: words.optional(), familyName: words.optional() }).optional(),
    patterns: z.array(z.enum(PATTERNS)).readonly(),
    units: list.meta({ description: 'Enheter som åtkomsten skedde från, HSA-id.' }),
    provider: hsaIdText.optional(),
    firstAt: instantText,
    lastAt: instantText,
    entries: z.int().meta({ description: 'Antal poster i loggen.' }),
    persons: z.int().optional().meta({ description: 'För `volume`: antal personer den dagen.' }),
    entryId: words.optional().meta({ description: 'Postens nyckel i loggen, när fyndet är en enda post.' }),
    activities: list,
    actions: list,
    outcomes: list,
    purposes: list,
  })
  .meta({ id: 'LogFinding', description: 'En post, eller vad en användare har gjort med en persons uppgifter.' });

const criteria = z
  .object({
    kind: z.enum(['sample', 'user', 'patient', 'emergency', 'patterns']),
    from: dateText,
    to: dateText,
    unit: hsaIdText.optional(),
    size: z.int().optional(),
    staff: hsaIdText.optional(),
    patientId: patientIdText.optional(),
    patterns: z.array(z.enum(PATTERNS)).readonly().optional(),
    volumeAbove: z.int().optional(),
  })
  .meta({ description: 'Vad som granskades.' });

const head = {
  id: referenceIdText,
  at: instantText,
  provider: hsaIdText,
  unit: hsaIdText,
  byStaff: hsaIdText,
  byName: words,
  criteria,
  seed: words.optional().meta({ description: 'Frö för ett stickprov: samma frö drar samma poster.' }),
  covered: z.int().meta({ description: 'Antal poster som urvalet omfattade.' }),
  cut: z.boolean().meta({ description: 'Det fanns fler fynd än en granskning bevarar.' }),
};

const conclusions = z.array(conclusion).readonly();

export const reviewAnswer = z
  .object({ ...head, findings: z.array(finding), conclusions })
  .meta({ id: 'LogReview', description: 'En granskning av åtkomstloggen.' });

export const reviewsAnswer = pageOf(
  z
    .object({ ...head, findings: z.int(), conclusions })
    .meta({ id: 'LogReviewHead', description: 'En granskning i en lista.' }),
);

export const watchAnswer = z
  .object({
    id: referenceIdText,
    patientId: patientIdText,
    why: words,
    fromAt: instantText,
    byStaff: hsaIdText,
    byName: words,
    endedAt: instantText.optional(),
    endedBy: hsaIdText.optional(),
  })
  .meta({ id: 'LogWatch', description: 'En person vars åtkomstlogg granskas särskilt.' });
export const watchesAnswer = z.object({ items: z.array(watchAnswer) }).meta({ id: 'LogWatches' });

export function presentConclusion({ id, ...rest }: Conclusion): z.output<typeof conclusion> {
  return { id: publicReferenceId(id), ...rest };
}

export function presentReview({ review, persons }: ShownReview): z.output<typeof reviewAnswer> {
  const { findings, ...rest } = review;
  return { ...presentHead(rest), findings: findings.map((one) => presentFinding(one, persons)) };
}

export function presentReviewHead(review: ReviewHead) {
  return { ...presentHead(review), findings: review.findings };
}

function presentHead(review: Omit<StoredReview, 'findings'>) {
  const {
    id,
    at,
    provider,
    unit,
    byStaff,
    byName,
    criteria: given,
    seed,
    covered,
    cut,
    conclusions: concluded,
  } = review;
  const shown = given.kind === 'patient' ? { ...given, patientId: publicPatientId(given.patientId) } : given;
  return {
    id: publicReferenceId(id),
    at,
    provider,
    unit,
    byStaff,
    byName,
    criteria: shown,
    ...(seed === undefined ? {} : { seed }),
    covered,
    cut,
    conclusions: concluded.map(presentConclusion),
  };
}

function presentFinding(
  { patientId, ...one }: StoredReview['findings'][number],
  persons: ShownReview['persons'],
): z.output<typeof finding> {
  return { ...one, ...(patientId === undefined ? {} : { patient: presentPerson(patientId, persons.get(patientId)) }) };
}

function presentPerson(id: Parameters<typeof publicPatientId>[0], person: KnownPerson | undefined) {
  const { givenName, familyName } = person ?? {};
  return {
    id: publicPatientId(id),
    ...(givenName === undefined ? {} : { givenName }),
    ...(familyName === undefined ? {} : { familyName }),
  };
}

export function presentWatch({ id, patientId, provider: _provider, ...rest }: Watch): z.output<typeof watchAnswer> {
  return { id: publicReferenceId(id), patientId: publicPatientId(patientId), ...rest };
}
