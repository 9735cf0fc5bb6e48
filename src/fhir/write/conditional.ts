import { wrong } from '../../shared/problem.ts';
import type { FhirDeps } from '../deps.ts';
import { ifNoneExistInvalid } from '../problems.ts';

/** The id under which the sender's system knows a thing. */
export interface SourceId {
  readonly source: string;
  readonly id: string;
}

/**
 * Reads `If-None-Exist`: the one condition that says that a thing is the same is the id that its own system gives it.
 *
 * @throws if-none-exist-invalid (400)
 */
export function readIfNoneExist(deps: Pick<FhirDeps, 'urls'>, sent: string | undefined): SourceId | undefined {
  if (sent === undefined) return undefined;
  const parameters = new URLSearchParams(sent.replace(/^[A-Za-z]*\?/, ''));
  const [identifier, ...others] = parameters.getAll('identifier');
  const more = [...parameters.keys()].some((name) => name !== 'identifier');
  const bar = identifier?.indexOf('|') ?? -1;
  const [system, id] = [identifier?.slice(0, bar), identifier?.slice(bar + 1)];
  if (!system || !id || bar < 1 || more || others.length > 0) {
    throw ifNoneExistInvalid({
      invalidParameters: [
        wrong('If-None-Exist', 'Ska vara identifier=system|värde', 'Must be identifier=system|value'),
      ],
    });
  }
  return { source: deps.urls.sourceName(system), id };
}
