/** Makes what files and other servers hold into transactions that the FHIR door takes in. */

export interface PrepareOptions {
  /** What the sender's system is called: its ids belong under this name, so that nothing is doubled. */
  readonly source: string;
  /** The person here (public id) that everything is about, in place of the one that is named. */
  readonly patient?: string;
  /** The plan here that lone things go into, in place of the one that they name. */
  readonly plan?: PlanHere;
}

export interface PlanHere {
  /** Its public id, which begins with the person's. */
  readonly id: string;
  /** What the door calls the extension that says the plan, for types that have no element for it. */
  readonly extension: string;
}

type Resource = fhir4.FhirResource & { readonly identifier?: readonly fhir4.Identifier[] };

/** Resources that become things of a plan, and are known by their ids in the sender's system. */
const IDENTIFIED: ReadonlySet<string> = new Set(['CarePlan', 'Task', 'Goal', 'CareTeam', 'Communication']);
const BUNDLES: ReadonlySet<string> = new Set(['transaction', 'batch', 'collection', 'searchset']);

function identified(resource: Resource, fullUrl: string | undefined, source: string): Resource {
  if (!IDENTIFIED.has(resource.resourceType)) return resource;
  if (resource.identifier && resource.identifier.length > 0) return resource;
  const id = resource.id ?? fullUrl?.replace(/^urn:uuid:/, '');
  if (id === undefined) return resource;
  return { ...resource, identifier: [{ system: source, value: `${resource.resourceType}/${id}` }] } as Resource;
}

function aboutPatient(resource: Resource, patient: string | undefined): Resource {
  if (patient === undefined) return resource;
  if (resource.resourceType === 'Patient') return { resourceType: 'Patient', id: patient };
  if (!IDENTIFIED.has(resource.resourceType)) return resource;
  const name = resource.resourceType === 'Task' ? 'for' : 'subject';
  return { ...resource, [name]: { reference: `Patient/${patient}` } } as Resource;
}

function inPlan(resource: Resource, plan: PlanHere | undefined): Resource {
  if (!plan || !IDENTIFIED.has(resource.resourceType)) return resource;
  const reference = { reference: `CarePlan/${plan.id}` };
  if (resource.resourceType === 'Task' || resource.resourceType === 'Communication') {
    return { ...resource, basedOn: [reference] };
  }
  const { extension = [] } = resource as fhir4.DomainResource;
  const others = extension.filter(({ url }) => url !== plan.extension);
  return { ...resource, extension: [...others, { url: plan.extension, valueReference: reference }] } as Resource;
}

function entryOf(entry: fhir4.BundleEntry, options: PrepareOptions): fhir4.BundleEntry[] {
  const { fullUrl, request } = entry;
  const sent = entry.resource as Resource | undefined;
  if (!sent || (request && request.method !== 'POST')) return [];
  const placed = inPlan(identified(sent, fullUrl, options.source), options.plan);
  const resource = aboutPatient(placed, options.patient);
  const condition = options.patient === undefined ? request?.ifNoneExist : undefined;
  const method = { method: 'POST' as const, url: resource.resourceType };
  return [
    {
      ...(fullUrl !== undefined && { fullUrl }),
      resource,
      request: { ...method, ...(condition !== undefined && { ifNoneExist: condition }) },
    },
  ];
}

/** Whether some JSON is a resource, or a bundle of resources, that can be sent. */
export function isSendable(json: unknown): json is fhir4.FhirResource {
  const { resourceType, type } = (json ?? {}) as { readonly resourceType?: unknown; readonly type?: unknown };
  if (resourceType === 'Bundle') return BUNDLES.has(String(type));
  return typeof resourceType === 'string' && IDENTIFIED.has(resourceType);
}

/** What is told of a person's plan is about that person; what comes with a plan of its own stays in that. */
function within(entries: readonly fhir4.BundleEntry[], { plan, ...options }: PrepareOptions): PrepareOptions {
  if (!plan || entries.some(({ resource }) => resource?.resourceType === 'CarePlan')) return options;
  return { patient: plan.id.split('-', 1)[0]!, ...options, plan };
}

/** The transaction that a resource, or a bundle of them, becomes. */
export function transactionOf(json: fhir4.FhirResource, given: PrepareOptions): fhir4.Bundle {
  const entries = json.resourceType === 'Bundle' ? (json.entry ?? []) : [{ resource: json }];
  const options = within(entries, given);
  return { resourceType: 'Bundle', type: 'transaction', entry: entries.flatMap((one) => entryOf(one, options)) };
}

/** References that resources hold, as they stand. */
function referencesIn(value: unknown, found: Set<string>): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  const { reference } = value as { readonly reference?: unknown };
  if (typeof reference === 'string') found.add(reference);
  for (const inner of Object.values(value)) referencesIn(inner, found);
  return found;
}

const addressOf = ({ resource }: fhir4.BundleEntry) => `${resource?.resourceType}/${resource?.id}`;

/**
 * The plans of a page of a search, each with what it refers to of that page: one transaction for each plan, so that one
 * which cannot be taken in does not hold back the others.
 */
export function plansOfPage(page: fhir4.Bundle, options: PrepareOptions): fhir4.Bundle[] {
  const entries = page.entry ?? [];
  const plans = entries.filter(({ resource }) => resource?.resourceType === 'CarePlan');
  return plans.map((plan) => {
    const wanted = new Map([[addressOf(plan), plan]]);
    const open = [plan];
    for (let next = open.shift(); next; next = open.shift()) {
      const named = referencesIn(next.resource, new Set());
      for (const entry of entries) {
        const type = entry.resource?.resourceType;
        const isNamed = named.has(addressOf(entry)) || (entry.fullUrl !== undefined && named.has(entry.fullUrl));
        if (!isNamed || wanted.has(addressOf(entry)) || type === 'CarePlan') continue;
        wanted.set(addressOf(entry), entry);
        open.push(entry);
      }
    }
    const own = [...wanted.values()].map(({ fullUrl, resource }) => ({ fullUrl, resource }) as fhir4.BundleEntry);
    return transactionOf({ resourceType: 'Bundle', type: 'collection', entry: own }, options);
  });
}
