/** White space, control characters and characters without a body (zero width, direction marks, soft hyphen). */
const UNSEEN = /^[\s\p{Cc}\p{Cf}]*$/u;
const SENTENCE_END = /[.!?…]["'”’)]*$/;

/** Whether nothing of a text can be seen: empty, or only spaces, line breaks and characters without a body. */
export function isBlank(text: string): boolean {
  return UNSEEN.test(text);
}

/** The text with a capital first letter, the rest as it is. */
export function capitalized(text: string): string {
  const first = [...text.slice(0, 2)][0] ?? '';
  return first.toLocaleUpperCase('sv') + text.slice(first.length);
}

/** The text as a sentence: trimmed, with a capital first letter and a full stop unless it ends like one already. */
export function asSentence(text: string): string {
  const trimmed = capitalized(text.trim());
  return trimmed === '' || SENTENCE_END.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** `a`, `a och b`, `a, b och c`: a list as one says it in Swedish; empty when the list is. */
export function listInWords(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} och ${items.at(-1)}`;
}
