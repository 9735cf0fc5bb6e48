export { EVENTS, type EventName } from './catalogue.ts';
export { type OutboxEvent, outboxRow } from './outbox.ts';
