import { z } from 'zod';
import { patientIdText } from '../../http/fields.ts';
import { PLAN_KINDS, PLAN_STATUSES } from '../domain/model.ts';

/** What a row of a unit's list tells of the person and the plan. */
export const whoseAnswer = {
  patient: z.object({ id: patientIdText, givenName: z.string().optional(), familyName: z.string().optional() }),
  plan: z.object({
    kind: z.enum(PLAN_KINDS),
    status: z.enum(PLAN_STATUSES),
    title: z.string().meta({ description: 'Tom när en annan enhet leder planen.' }),
  }),
};
