/** One entry of a bundle that a search answers with. */
export function entryOf(base: string, resource: fhir4.FhirResource, mode: 'match' | 'include'): fhir4.BundleEntry {
  return { fullUrl: `${base}/${resource.resourceType}/${resource.id}`, resource, search: { mode } };
}

/** An answer to a search without anything in it. */
export function emptyBundle(self: string): fhir4.Bundle {
  return { resourceType: 'Bundle', type: 'searchset', total: 0, link: [{ relation: 'self', url: self }] };
}
