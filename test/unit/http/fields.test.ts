import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  date,
  dateText,
  hsaId,
  instant,
  instantText,
  languageCode,
  limit,
  line,
  patientIdText,
  personNumber,
  publicPatientId,
  publicReferenceId,
  publicThingId,
  referenceIdText,
  text,
  thingIdText,
} from '../../../src/http/index.ts';
import { invalidFields } from '../../../src/http/invalid-fields.ts';
import { publicId, randomIds, publicPatientId as showPatient } from '../../../src/shared/ids.ts';

const read = (schema: z.ZodType, value: unknown) => schema.safeParse(value).data;

function reason(schema: z.ZodType, value: unknown): string | undefined {
  const result = schema.safeParse(value);
  return result.success ? undefined : invalidFields(result.error.issues, value, '(field)')[0]?.reason.sv;
}

describe('public ids in requests', () => {
  it('are read into whose the thing is and which', () => {
    const patientId = randomIds.patientId();
    const id = randomIds.thingId();
    expect(read(publicThingId, publicId(patientId, id))).toEqual({ patientId, id });
    expect(read(publicPatientId, showPatient(patientId))).toBe(patientId);
  });

  it.each(['', '192612049029', 'A'.repeat(26), `${'a'.repeat(26)}-`, `${'a'.repeat(26)} `])('refuse %j', (typed) => {
    for (const schema of [publicThingId, publicPatientId, publicReferenceId]) {
      expect(reason(schema, typed)).toBe('Är inte ett id härifrån.');
    }
  });
});

describe('the example of a field', () => {
  it.each([
    [publicThingId, thingIdText],
    [publicPatientId, patientIdText],
    [publicReferenceId, referenceIdText],
    [instant, instantText],
    [date, dateText],
  ])('is one that the field takes (%#)', (schema, described) => {
    const [example] = described.meta()?.examples as string[];
    expect(schema.safeParse(example).success).toBe(true);
  });
});

describe('times in requests', () => {
  it('are held in UTC, whatever the offset was', () => {
    expect(read(instant, '2026-11-16T11:00:00+01:00')).toBe('2026-11-16T10:00:00.000Z');
    expect(read(instant, '2026-11-16T10:00:00.1234567Z')).toBe('2026-11-16T10:00:00.123Z');
  });

  it.each([
    '2026-02-30T10:00:00Z',
    '2026-11-16T10:00:00',
    '2026-11-16 10:00:00Z',
    '2026-11-16T25:00:00Z',
    '2026-11-16',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-14:00',
    'i morgon',
  ])('must exist and have a time zone: %s', (typed) => {
    expect(reason(instant, typed)).toContain('tidpunkt som finns');
  });

  it('are days that exist', () => {
    expect(read(date, '2028-02-29')).toBe('2028-02-29');
    for (const typed of ['2026-02-30', '2027-02-29', '2026-13-01', '26-11-16', '2026-11-16T00:00:00Z']) {
      expect(reason(date, typed)).toContain('dag som finns');
    }
  });
});

describe('text in requests', () => {
  it('is kept byte for byte', () => {
    const words = '  Jag vill gå till affären 💚\r\n\tsjälv. ';
    expect(read(text(100), words)).toBe(words);
  });

  it('may not be empty, blank, too long or unstorable', () => {
    expect(reason(text(5), '')).toBe('Får inte vara tomt.');
    expect(reason(text(5), ' \n\u00a0')).toBe('Får inte bara vara blanksteg.');
    expect(reason(text(5), 'abcdef')).toBe('Får ha högst 5 tecken.');
    expect(reason(text(5), 'a\u0000b')).toContain('inte går att lagra');
    expect(reason(text(5), 'a\ud83d')).toContain('inte går att lagra');
    expect(reason(text(5), 7)).toBe('Ska vara text.');
  });

  it('of one line has no line breaks', () => {
    expect(read(line(50), 'Såromläggning')).toBe('Såromläggning');
    expect(reason(line(50), 'a\nb')).toBe('Får bara vara en rad.');
  });
});

describe('other fields', () => {
  it('read an HSA-id into its one form', () => {
    expect(read(hsaId, 'se0000000000-tst1')).toBe('SE0000000000-TST1');
    expect(reason(hsaId, 'SE123')).toContain('HSA-id');
  });

  it('read a language code', () => {
    expect(read(languageCode, 'sv')).toBe('sv');
    expect(read(languageCode, 'zh-Hant')).toBe('zh-Hant');
    expect(reason(languageCode, 'svenska')).toContain('språkkod');
  });

  it('read a personal number and never repeat a wrong one', () => {
    expect(read(personNumber(), '192612049029')).toEqual({ kind: 'personnummer', digits: '192612049029' });
    expect(
      read(
        personNumber(() => '2026-11-16'),
        '261204+9029',
      ),
    ).toMatchObject({ digits: '192612049029' });
    for (const typed of ['192612049020', '261204-9029', '192602309029', 'x']) {
      expect(reason(personNumber(), typed)).toBe(
        'Ska vara ett giltigt personnummer, samordningsnummer eller reservnummer.',
      );
    }
  });

  it('read the size of a page from a query', () => {
    expect(read(limit, undefined)).toBe(50);
    expect(read(limit, '200')).toBe(200);
    for (const typed of ['0', '201', '-1', '1e2', '0x10', '', ' 5', ['5'], '1.5'])
      expect(limit.safeParse(typed).success).toBe(false);
  });
});
