import type { PlanKind, PlanStatus } from '../../plans/domain/model.ts';

/** A plan's state as people say it. */
export const STATE_WORDS_OF_PLAN: Readonly<Record<PlanStatus, string>> = {
  draft: 'utkast',
  proposed: 'föreslagen, inte överenskommen',
  active: 'gäller',
  declined: 'avböjd',
  'on-hold': 'vilar',
  completed: 'avslutad',
  revoked: 'återkallad',
  'entered-in-error': 'felaktigt införd',
};

/** The types of plan that the national code system has, in our own words. */
export const NATIONAL_PLAN_TYPES: Readonly<Partial<Record<PlanKind, string>>> = {
  SIP: 'Samordnad individuell plan',
  SPU: 'Samordnad plan vid utskrivning',
  SPLPTLRV: 'Samordnad plan enligt LPT och LRV',
  VP: 'Vårdplan',
  HP: 'Habiliteringsplan',
  RP: 'Rehabiliteringsplan',
  GP: 'Genomförandeplan',
  SVP: 'Standardiserad vårdplan',
};
