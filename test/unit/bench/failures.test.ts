import { expect, test } from 'vitest';
import {
  connectionFailure,
  FailureCount,
  failedTimes,
  failureOf,
  failuresInWords,
  togetherOf,
} from '../../../bench/load/failures.ts';

test('an answer that failed is counted by its status and its own code, in either form', () => {
  expect(failureOf(412, '{"type":"x","code":"stale"}')).toBe('412 stale');
  const outcome = { resourceType: 'OperationOutcome', issue: [{ details: { coding: [{ code: 'busy' }] } }] };
  expect(failureOf(503, JSON.stringify(outcome))).toBe('503 busy');
  expect(failureOf(503, '{"code":"busy"}', '5')).toBe('503 busy (åter om 5 s)');
  expect(failureOf(500, '')).toBe('500');
  expect(failureOf(502, 'Bad Gateway')).toBe('502 Bad Gateway');
});

test('a request that nobody answered is counted by what became of its connection', () => {
  expect(connectionFailure(Object.assign(new Error('read'), { code: 'ECONNRESET' }))).toBe('ECONNRESET');
  expect(connectionFailure(new Error('request timed out'))).toBe('request timed out');
});

test('what failed in several stretches is told together, the most frequent first', () => {
  const count = new FailureCount();
  count.add('ECONNRESET');
  const all = togetherOf([count.all, { '412 stale': 2 }, { '412 stale': 1 }]);
  expect(failuresInWords(all)).toBe('3 × 412 stale, 1 × ECONNRESET');
  expect(failedTimes(all)).toBe(4);
  expect(failuresInWords({})).toBe('');
});
