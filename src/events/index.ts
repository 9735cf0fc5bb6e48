export { EVENTS, type EventName } from './catalogue.ts';
export { followEvents } from './follower.ts';
export { type OutboxEvent, outboxRows } from './outbox.ts';
export { eventsAfter, lastPosition, type SequencedEvent, sequenceEvents } from './sequencer.ts';
