export type Language = 'sv' | 'en';

const LONGEST_HEADER = 500;

/**
 * Chooses the language of words for people from `Accept-Language` (RFC 9110 12.5.4).
 *
 * Swedish unless English is asked for with a strictly higher weight: an absent, unreadable or very long header, a tie
 * and every other language give Swedish.
 */
export function languageOf(header: string | undefined): Language {
  if (header === undefined || header.length > LONGEST_HEADER) return 'sv';
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const primary = range.split('-', 1)[0]!;
    weights.set(primary, Math.max(weights.get(primary) ?? 0, weightOf(parameters)));
  }
  const weight = (language: Language) => weights.get(language) ?? weights.get('*') ?? 0;
  return weight('en') > weight('sv') ? 'en' : 'sv';
}

function weightOf(parameters: readonly string[]): number {
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  if (q === undefined) return 1;
  const weight = Number(q.slice(2));
  return weight >= 0 && weight <= 1 ? weight : 0;
}
