/** The seven statements in the plan's own words, for the code system that tells them. */
export { STATEMENT_WORDS } from '../../plans/domain/overview-agreement.ts';
