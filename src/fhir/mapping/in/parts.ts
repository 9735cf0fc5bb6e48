import { normalizeHsaId } from '../../../shared/hsa-id.ts';
import { parseThingId } from '../../../shared/ids.ts';
import { parsePersonNumber } from '../../../shared/person-number.ts';
import { ALIASES, type OwnUrls, SYSTEMS } from '../systems.ts';
import { fault, type InFault } from './faults.ts';

/** The one of our own extensions, when it is sent. */
export function extensionOf(
  sent: { readonly extension?: fhir4.Extension[] },
  url: string,
): fhir4.Extension | undefined {
  return sent.extension?.find((one) => one.url === url);
}

/** The code that a concept has of one of our own systems. */
export function codeOf(concepts: readonly fhir4.CodeableConcept[] | undefined, system: string): string | undefined {
  return concepts?.flatMap(({ coding = [] }) => coding).find((one) => one.system === system)?.code;
}

/** The HSA-id that an identifier holds. */
export function hsaIdOf(identifier: fhir4.Identifier | undefined): string | undefined {
  const { system, value } = identifier ?? {};
  if (system === undefined || value === undefined || (ALIASES[system] ?? system) !== SYSTEMS.hsaId) return undefined;
  return normalizeHsaId(value);
}

/** Whom a reference names: the patient, a relative, a unit (with a member of its staff), or somebody by name alone. */
export type Who =
  | { readonly kind: 'patient'; readonly id: string }
  | { readonly kind: 'relative'; readonly id: string }
  | { readonly kind: 'unit'; readonly unit: string; readonly staff?: string; readonly name?: string }
  | { readonly kind: 'staff'; readonly staff?: string; readonly name?: string }
  | { readonly kind: 'named'; readonly name?: string };

const LITERAL = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/;

/** Reads whom a reference leads to; an absolute address is read by its end, since it was given out here. */
export function whoOf(reference: fhir4.Reference | undefined): Who | undefined {
  if (!reference) return undefined;
  const [, type = reference.type, id = ''] = LITERAL.exec(reference.reference ?? '') ?? [];
  const name = reference.display;
  const hsaId = normalizeHsaId(id) ?? hsaIdOf(reference.identifier);
  switch (type) {
    case 'Patient':
      return { kind: 'patient', id };
    case 'RelatedPerson':
      // Another system's related person is known here by name alone.
      return parseThingId(id) ? { kind: 'relative', id } : { kind: 'named', name };
    case 'PractitionerRole': {
      const [staff, unit] = id.split('.').map(normalizeHsaId);
      return unit === undefined ? { kind: 'staff', staff: hsaId, name } : { kind: 'unit', unit, staff, name };
    }
    case 'Practitioner':
      return { kind: 'staff', staff: hsaId, name };
    default:
      return hsaId === undefined ? { kind: 'named', name } : { kind: 'unit', unit: hsaId };
  }
}

/** A party as `/v1` is sent it. The kind of a unit follows from the directory, and is filled in when that is at hand. */
export function partyOf(who: Who | undefined): Record<string, unknown> | undefined {
  if (!who) return undefined;
  switch (who.kind) {
    case 'patient':
      return { kind: 'patient' };
    case 'relative':
      return { kind: 'relative', relatedPersonId: who.id };
    case 'unit':
      return { kind: 'other', unit: who.unit };
    default:
      return who.name === undefined ? undefined : { kind: 'other', name: who.name };
  }
}

/** What was sent in place of whom: somebody whom nothing here can name is a fault at the place. */
export function partyFault(reference: fhir4.Reference | undefined, path: string): InFault[] {
  return reference && partyOf(whoOf(reference)) === undefined ? [fault('not-held', path)] : [];
}

/** Under what id the sender's system knows the thing: the first identifier that is not ours. */
export function externalIdOf(identifiers: readonly fhir4.Identifier[] | undefined, urls: OwnUrls) {
  const own = identifiers?.find(({ system, value }) => system && value && system !== urls.plan);
  return own && { source: urls.sourceName(own.system!), id: own.value! };
}

/** Faults of identifiers: a personal number is never an id of a thing, and one thing has one id in its source. */
export function identifierFaults(
  identifiers: readonly fhir4.Identifier[] | undefined,
  urls: OwnUrls,
  path: string,
): InFault[] {
  const others = (identifiers ?? []).map((one, i) => ({ one, i })).filter(({ one }) => one.system !== urls.plan);
  return others.flatMap(({ one, i }, place) => {
    const here = `${path}.identifier[${i}]`;
    const number = one.value === undefined ? undefined : parsePersonNumber(one.value);
    if (number && 'kind' in number) {
      return [fault('invalid', `${here}.value`, 'Får inte vara ett personnummer', 'Must not be a personal number')];
    }
    return place > 0 || !one.system || !one.value ? [fault('not-held', here)] : [];
  });
}

/** Whether the thing may be shown to the patient: it may, unless it says that it may not. */
export function isForPatient({ meta }: { readonly meta?: fhir4.Meta }): boolean {
  return !meta?.security?.some(({ system, code }) => system === SYSTEMS.actCode && code === 'NOPATIENT');
}

/** Who may see something new and under which law it is written: what is not said is as the plan says. */
export function ownershipOf(
  sent: {
    readonly meta?: fhir4.Meta;
    readonly extension?: fhir4.Extension[];
    readonly identifier?: fhir4.Identifier[];
  },
  urls: OwnUrls,
) {
  return {
    approvedForPatient: isForPatient(sent) ? undefined : false,
    legalBasis: extensionOf(sent, urls.extension('legal-basis'))?.valueCode,
    externalId: externalIdOf(sent.identifier, urls),
  };
}

/** The id that a reference to a thing of ours ends with. */
export function idIn(reference: fhir4.Reference | undefined, type: string): string | undefined {
  const [, named, id] = LITERAL.exec(reference?.reference ?? '') ?? [];
  return named === type ? id : undefined;
}

/** Notes without an author: text for staff. Those with one are reports, which are made by their own acts. */
export function plainNotes(notes: readonly fhir4.Annotation[] | undefined): string | undefined {
  const plain = (notes ?? []).filter((one) => !one.authorReference && !one.authorString && !one.time);
  return plain.length === 0 ? undefined : plain.map(({ text }) => text).join('\n');
}
