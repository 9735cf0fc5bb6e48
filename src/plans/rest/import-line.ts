import { z } from 'zod';
import { hsaId } from '../../http/fields.ts';
import { invalidFields } from '../../http/invalid-fields.ts';
import { type PatientId, publicPatientId } from '../../shared/ids.ts';
import type { HsaId } from '../../shared/owned.ts';
import { type InvalidParameter, wrong } from '../../shared/problem.ts';
import type { PlanCreation } from '../create-plan.ts';
import { createPlanBody } from './plan-bodies.ts';
import { createCommandOf } from './plan-command.ts';

const envelope = z.strictObject({
  unit: hsaId,
  staff: hsaId,
  patientNumber: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
  plan: z.record(z.string(), z.unknown()),
});

/** One plan of an import: who writes it, for whom, and the plan as `POST /v1/plans` takes it. */
export interface ImportLine {
  readonly unit: HsaId;
  readonly staff: HsaId;
  /** By key, or by twelve digits of a number that the person has. */
  readonly person: { readonly patientId: PatientId } | { readonly digits: string };
  /** The plan's creation, once it is known whose it is. */
  readonly creation: (patientId: PatientId) => PlanCreation;
}

export type ReadLine = { readonly line: ImportLine } | { readonly faults: readonly InvalidParameter[] };

const missing = (name: string) => wrong(name, 'Fältet saknas.', 'The field is missing.');

/**
 * Reads one line of an import by the very schema of `POST /v1/plans`. Every plan must bear the source system's own id:
 * it is what makes the same file safe to read again.
 *
 * @returns the line, or all that is wrong with it by field and never by value
 */
export function readImportLine(text: string): ReadLine {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { faults: [wrong('(rad)', 'Är inte JSON.', 'Is not JSON.')] };
  }
  const outer = envelope.safeParse(data);
  if (!outer.success) return { faults: invalidFields(outer.error.issues, data, '(rad)') };
  const { unit, staff, patientNumber: digits, plan } = outer.data;
  if ((plan.patientId === undefined) === (digits === undefined)) {
    const why = [
      'Ange patientNumber eller plan.patientId, ett av dem.',
      'Give patientNumber or plan.patientId.',
    ] as const;
    return { faults: [wrong('patientNumber', ...why)] };
  }
  const inner = createPlanBody.safeParse(digits === undefined ? plan : { ...plan, patientId: SOMEBODY });
  if (!inner.success) return { faults: under('plan', invalidFields(inner.error.issues, plan, '(plan)')) };
  if (inner.data.externalId === undefined) return { faults: [missing('plan.externalId')] };
  const body = inner.data;
  return {
    line: {
      unit,
      staff,
      person: digits === undefined ? { patientId: body.patientId } : { digits },
      creation: (patientId) => createCommandOf({ ...body, patientId }),
    },
  };
}

/** Stands for a person who is named by number, while the rest of the plan is judged. */
const SOMEBODY = publicPatientId('00000000-0000-4000-8000-000000000000' as PatientId);

/** What a rule refused, as fields of the line. */
export function under(place: string, fields: readonly InvalidParameter[]): InvalidParameter[] {
  return fields.map(({ name, reason }) => ({ name: name.startsWith('(') ? place : `${place}.${name}`, reason }));
}
