import { z } from 'zod';
import { CONTRIBUTION_KINDS } from '../shared/contribution-kinds.ts';
import { RIGHTS } from './policy/rights.ts';
import type { LawSettings } from './policy/settings.ts';

const age = z.int().min(0).max(25);

/** The settings of the law as an operator gives them: only those that differ, nothing unknown. */
export const lawSettings = z
  .strictObject({
    ownAccessFromAge: age,
    guardianAccessUntilAge: age,
    representativeFromAge: age,
    guardianConsentUntilAge: age,
    everyGuardianMustConsent: z.boolean(),
    childUnableToConsentBelowAge: age,
    sipWithoutConsentWhenUnable: z.boolean(),
    proxyMayRead: z.boolean(),
    relativeSeesOwnSteps: z.boolean(),
    unsignedDelayHours: z
      .int()
      .min(0)
      .max(24 * 60),
    innerBlockHidesFromOtherProviders: z.boolean(),
    emergencyNeedsInformation: z.boolean(),
    emergencyOpensSocialCare: z.boolean(),
    socialCareKnowsOfUnblocked: z.boolean(),
    socialCareExceptionsReachCare: z.boolean(),
    practicalKinds: z.array(z.enum(CONTRIBUTION_KINDS)),
    rightsWithoutCommission: z.array(z.enum(RIGHTS)),
  } satisfies Readonly<Record<keyof LawSettings, z.ZodType>>)
  .partial();
