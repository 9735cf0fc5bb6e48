import type { Problem } from '../shared/problem.ts';
import { assuranceTooLow, tokenMissing } from './problems.ts';

const SCHEME = 'Bearer realm="patientkontrakt"';

/**
 * The `WWW-Authenticate` header that belongs to a refused sign-in (RFC 6750 section 3): bare when no token came,
 * `insufficient_user_authentication` with the levels that would do when the level was too low (RFC 9470), else
 * `invalid_token`. The description is the problem's own code, so no more is told here than in the body.
 */
export function challengeFor(problem: Problem): string {
  const { code } = problem.definition;
  if (code === tokenMissing.definition.code) return SCHEME;
  if (code !== assuranceTooLow.definition.code) return `${SCHEME}, error="invalid_token", error_description="${code}"`;
  const levels = problem.particulars.extra?.acrValues;
  const wanted = Array.isArray(levels) ? levels.filter((level) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(level)) : [];
  return `${SCHEME}, error="insufficient_user_authentication", error_description="${code}", acr_values="${wanted.join(' ')}"`;
}
