export { EVENTS, type EventName } from './catalogue.ts';
export { followChanges, followEvents } from './follower.ts';
export { type OutboxEvent, outboxRows } from './outbox.ts';
export { eventsAfter, lastPosition, type SequencedChange, type SequencedEvent, sequenceEvents } from './sequencer.ts';
