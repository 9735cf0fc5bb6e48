/** Where our definitions live and which release of them this is. */
export interface CanonicalBase {
  /** Without a closing slash. */
  readonly base: string;
  readonly version: string;
  /** The day of the release. */
  readonly released: string;
}

/** `named-contact` becomes `NamedContact`: what programs may call a definition by. */
export function computerName(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** What every definition of ours says of itself. */
export function about<T extends string>(
  type: T,
  { base, version, released }: CanonicalBase,
  said: { readonly id: string; readonly title: string; readonly description: string },
) {
  return {
    resourceType: type,
    id: said.id,
    url: `${base}/${type}/${said.id}`,
    version,
    name: computerName(said.id),
    title: said.title,
    status: 'active' as const,
    experimental: false,
    date: released,
    publisher: 'Patientkontrakt',
    description: said.description,
  };
}
