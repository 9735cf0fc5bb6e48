import { about, type CanonicalBase } from './about.ts';
import { allTerms } from './terms.ts';

/** Our code systems, complete: every code with its Swedish words. */
export function codeSystems(canon: CanonicalBase): fhir4.CodeSystem[] {
  return [...allTerms()].map(([id, { title, description, codes }]) => {
    const concept = Object.entries(codes).map(([code, display]) => ({ code, display }));
    return {
      ...about('CodeSystem', canon, { id, title, description }),
      language: 'sv-SE',
      caseSensitive: true,
      valueSet: `${canon.base}/ValueSet/${id}`,
      content: 'complete',
      count: concept.length,
      concept,
    };
  });
}

/** For each code system the value set of all its codes. */
export function valueSets(canon: CanonicalBase): fhir4.ValueSet[] {
  return [...allTerms()].map(([id, { title, description }]) => ({
    ...about('ValueSet', canon, { id, title, description }),
    language: 'sv-SE',
    compose: { include: [{ system: `${canon.base}/CodeSystem/${id}` }] },
  }));
}
