export { type AgreedRule, faultsIn, type RuleInForce, ruleInForce } from './domain/agreed-rules.ts';
export { deadlineRulesPart, readDeadlineRules } from './store/rules.ts';
