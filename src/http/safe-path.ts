import { KEY_ID_PATTERN, THING_ID_PATTERN } from '../shared/ids.ts';

const PLAIN_SEGMENT = /^[\w.~$-]{0,64}$/;
const MANY_DIGITS = /(?:\d\D?){6}/;
const HIDDEN = '***';

/**
 * The path of a URL as it may be shown: without query, and without segments that could hold a personal identity number
 * or other text that somebody typed. Our own ids and plain words stay, so `/v1/plans/<id>/steps` is whole.
 */
export function safePath(url: string): string {
  const end = url.search(/[?#;]/);
  const path = end < 0 ? url : url.slice(0, end);
  return path.split('/').map(safeSegment).join('/');
}

function safeSegment(segment: string): string {
  if (KEY_ID_PATTERN.test(segment) || THING_ID_PATTERN.test(segment)) return segment;
  return PLAIN_SEGMENT.test(segment) && !MANY_DIGITS.test(segment) ? segment : HIDDEN;
}
