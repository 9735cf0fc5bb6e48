import type { ExternalId, Owned } from '../../plans/domain/model.ts';
import { publicId } from '../../shared/ids.ts';
import { SOURCE, SYSTEMS } from './systems.ts';
import type { FhirView } from './view.ts';

/** What is not approved for the patient says so itself, wherever it is sent on. */
const NOT_FOR_PATIENT: fhir4.Coding = { system: SYSTEMS.actCode, code: 'NOPATIENT' };

/** Version, time, source and marking of a resource: the version is the thing's own revision. */
export function metaOf(thing: Owned, profile?: string): fhir4.Meta {
  return {
    versionId: String(thing.revision),
    lastUpdated: thing.changedAt,
    source: `${SOURCE}#${thing.recordedBy.unit}`,
    profile: profile === undefined ? undefined : [profile],
    security: thing.approvedForPatient ? undefined : [NOT_FOR_PATIENT],
  };
}

/** Under what id a source system knows the thing. */
export function externalIdentifier(view: Pick<FhirView, 'urls'>, externalId: ExternalId | undefined) {
  if (externalId === undefined) return undefined;
  return [{ system: view.urls.source(externalId.source), value: externalId.id }];
}

/** The law that the thing is documented under. */
export function legalBasisExtension(view: Pick<FhirView, 'urls'>, thing: Owned): fhir4.Extension {
  return { url: view.urls.extension('legal-basis'), valueCode: thing.legalBasis };
}

/** The plan that a thing is of, where FHIR's own resource cannot say it. */
export function planExtension({ urls, plan }: Pick<FhirView, 'urls' | 'plan'>): fhir4.Extension {
  const { patientId, id } = plan.header;
  return { url: urls.extension('plan'), valueReference: { reference: `CarePlan/${publicId(patientId, id)}` } };
}

/** What a thing that stands inside another resource is known by there: its public id. */
export function elementId(thing: Owned): { readonly id: string } {
  return { id: publicId(thing.patientId, thing.id) };
}

/** A list, or nothing: FHIR has no empty lists. */
export function some<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}

/** A text, or nothing: FHIR has no empty texts. */
export function words(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** The parts of a compound extension; those without a value are left out. */
export function parts(list: readonly (fhir4.Extension | undefined)[]): fhir4.Extension[] {
  return list.filter((part) => part !== undefined);
}

/** One part of a compound extension with a text. */
export function textPart(url: string, valueString: string | undefined): fhir4.Extension | undefined {
  const value = words(valueString);
  return value === undefined ? undefined : { url, valueString: value };
}
