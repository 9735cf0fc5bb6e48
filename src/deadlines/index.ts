export { addRules } from './add-rules.ts';
export { type AgreedRule, type RuleInForce, ruleInForce } from './domain/agreed-rules.ts';
export { registerDeadlines } from './rest/rule-routes.ts';
export { deadlineRulesPart, readDeadlineRules } from './store/rules.ts';
