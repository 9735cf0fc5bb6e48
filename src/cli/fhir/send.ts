import { Client } from 'fhir-kit-client';

/** What became of one transaction. */
export type Sent =
  | { readonly kind: 'taken'; readonly counts: Counts; readonly left: ReadonlyMap<string, number> }
  | { readonly kind: 'refused'; readonly status: number; readonly issues: readonly Issue[] };

export interface Counts {
  readonly created: number;
  readonly there: number;
  readonly left: number;
}

/** Why, in the server's own words, and where. */
export interface Issue {
  readonly text: string;
  readonly place?: string;
}

export interface Target {
  readonly url: string;
  readonly token: string;
  readonly lenient: boolean;
}

/** What a failed request says of itself. */
interface Failure {
  readonly response?: { readonly status?: number; readonly data?: unknown };
}

function issuesOf(data: unknown): Issue[] {
  const { issue = [] } = (data ?? {}) as Partial<fhir4.OperationOutcome>;
  return issue.map(({ details, expression }) => ({
    text: details?.text ?? 'Inget skäl angivet',
    ...(expression?.[0] !== undefined && { place: expression[0] }),
  }));
}

function takenOf(sent: fhir4.Bundle, answer: fhir4.Bundle): Sent {
  const statuses = (answer.entry ?? []).map(({ response }) => response?.status.slice(0, 3));
  const left = new Map<string, number>();
  statuses.forEach((status, i) => {
    const type = sent.entry?.[i]?.resource?.resourceType;
    if (status === '422' && type !== undefined) left.set(type, (left.get(type) ?? 0) + 1);
  });
  const count = (status: string) => statuses.filter((one) => one === status).length;
  return { kind: 'taken', counts: { created: count('201'), there: count('200'), left: count('422') }, left };
}

/**
 * Sends one transaction to a FHIR door: taken in whole, or refused whole.
 *
 * @throws whatever keeps the request from being answered: no server there, no connection
 */
export async function sendTransaction({ url, token, lenient }: Target, bundle: fhir4.Bundle): Promise<Sent> {
  const client = new Client({ baseUrl: url.replace(/\/$/, ''), bearerToken: token });
  const headers = { prefer: `handling=${lenient ? 'lenient' : 'strict'}` };
  try {
    const answer: unknown = await client.transaction({ body: bundle as never, options: { headers } });
    return takenOf(bundle, answer as fhir4.Bundle);
  } catch (error) {
    const { response } = error as Failure;
    if (response?.status === undefined) throw error;
    return { kind: 'refused', status: response.status, issues: issuesOf(response.data) };
  }
}
