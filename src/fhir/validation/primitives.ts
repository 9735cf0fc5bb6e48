const DATE = String.raw`\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?`;
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,9})?`;
const ZONE = String.raw`(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))`;
const DAY = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;

const text = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const whole = (least: number) => (value: unknown) => Number.isInteger(value) && (value as number) >= least;
const words = (value: unknown) => typeof value === 'string' && value.trim() !== '';

/** Whether a value is of a primitive type of FHIR R4 (datatypes.html); a type that is not here is none. */
export const PRIMITIVES: Readonly<Record<string, (value: unknown) => boolean>> = {
  base64Binary: text(/^[A-Za-z0-9+/\s]*={0,2}$/),
  boolean: (value) => typeof value === 'boolean',
  canonical: text(/^\S+$/),
  code: text(/^\S+(?: \S+)*$/),
  date: text(new RegExp(`^${DATE}$`)),
  dateTime: text(new RegExp(`^(?:${DATE}|${DAY}T${CLOCK}${ZONE})$`)),
  decimal: (value) => typeof value === 'number' && Number.isFinite(value),
  id: text(/^[A-Za-z0-9\-.]{1,64}$/),
  instant: text(new RegExp(`^${DAY}T${CLOCK}${ZONE}$`)),
  integer: (value) => Number.isInteger(value),
  markdown: words,
  oid: text(/^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/),
  positiveInt: whole(1),
  string: words,
  time: text(new RegExp(`^${CLOCK}$`)),
  unsignedInt: whole(0),
  uri: text(/^\S+$/),
  url: text(/^\S+$/),
  uuid: text(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  xhtml: words,
};
