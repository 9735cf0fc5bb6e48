import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createPool } from '../../../src/db/pool.ts';
import { faultInWords, type ImportReport, importDirectory, openFiles } from '../../../src/directory/index.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;
let pool: pg.Pool;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool({ url: database.appUrl, applicationName: 'test', onConnectionError: () => undefined });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pk-import-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const tst = (suffix: string) => `SE0000000000-TST${suffix}`;

/** The files of one small directory; every test has a prefix of its own, so that tests do not meet. */
function directory(prefix: string): Record<string, string> {
  const id = (suffix: string) => tst(prefix + suffix);
  return {
    'principals.csv': `hsaId,name,kind,areaCode\n${id('H1')},Region Exempelland,region,12\n${id('H2')},Provköpings kommun,kommun,1299\n`,
    'providers.csv': `hsaId,name,kind,principalHsaId,joinedSharedDocumentationFrom\n${id('V1')},Region Exempelland,care,${id('H1')},2024-01-01\n${id('V2')},Provköping socialtjänst,social-care,${id('H2')},\n`,
    'units.csv': `hsaId,name,area,providerHsaId\n${id('E1')},Testeryds vårdcentral,health,${id('V1')}\n${id('E2')},Hemtjänst Norr,older,${id('V2')}\n`,
    'staff.csv': `hsaId,givenName,familyName,title,unitHsaIds,protectedIdentity\n${id('P1')},Maj,Modell,distriktssköterska,${id('E1')},nej\n${id('P2')},Dold,Hemlig,undersköterska,${id('E2')},ja\n`,
    'channels.csv': `ownerHsaId,key,kind,value,purpose,audience,openingHours\n${id('E1')},telefon,phone,040-6280411,Frågor,patient,"mån-fre 08:00-12:00, 13:00-17:00"\n`,
  };
}

async function write(files: Record<string, string | Uint8Array>): Promise<string[]> {
  return Promise.all(
    Object.entries(files).map(async ([name, content]) => {
      await writeFile(join(folder, name), content);
      return join(folder, name);
    }),
  );
}

async function load(
  files: Record<string, string | Uint8Array>,
  options: { dryRun?: boolean; full?: boolean } = {},
): Promise<ImportReport> {
  const faults: Parameters<typeof faultInWords>[0][] = [];
  const sources = await openFiles(await write(files), (fault) => faults.push(fault));
  return importDirectory(pool, sources, { ...options, faults });
}

const inWords = (report: ImportReport) => report.faults.map(faultInWords);
const count = async (prefix: string) =>
  (await pool.query('select count(*)::int as n from units where hsa_id like $1', [`${tst(prefix)}%`])).rows[0].n;

describe('importing a directory', () => {
  it('creates what is new, in whatever order the files are named', async () => {
    const report = await load(Object.fromEntries(Object.entries(directory('A')).reverse()));
    expect(inWords(report)).toEqual([]);
    expect(report.written).toBe(true);
    expect(report.counts.units).toEqual({ created: 2, changed: 0, unchanged: 0, deactivated: 0 });
    const { rows } = await pool.query('select * from care_providers where hsa_id = $1', [tst('AV1')]);
    expect(rows[0].joined_shared_documentation_from.toISOString()).toBe('2023-12-31T23:00:00.000Z');
  });

  it('changes nothing when the same files come again', async () => {
    await load(directory('B'));
    const again = await load(directory('B'));
    expect(again.changes).toEqual([]);
    expect(again.counts).toMatchObject({
      principals: { unchanged: 2 },
      providers: { unchanged: 2 },
      channels: { unchanged: 1 },
    });
  });

  it('says which fields changed, keeps the id, and leaves out what they held', async () => {
    await load(directory('C'));
    const id = async () => (await pool.query('select id from units where hsa_id = $1', [tst('CE1')])).rows[0].id;
    const before = await id();
    const files = directory('C');
    const report = await load({
      'units.csv': files['units.csv']!.replace('Testeryds vårdcentral,health', 'Testeryds hälsocentral,older'),
    });
    expect(report.changes).toEqual([{ type: 'units', key: tst('CE1'), what: 'changed', fields: ['name', 'area'] }]);
    expect(await id()).toBe(before);
    expect((await pool.query('select search_words from units where hsa_id = $1', [tst('CE1')])).rows[0]).toEqual({
      search_words: ['testeryds', 'hälsocentral'],
    });
  });

  it('writes nothing in a dry run, but tells all that it would do', async () => {
    const report = await load(directory('D'), { dryRun: true });
    expect(report.written).toBe(false);
    expect(report.counts.staff).toMatchObject({ created: 2 });
    expect(await count('D')).toBe(0);
  });

  it('tells all faults of all files at once, each with its line and column, and writes nothing', async () => {
    const files = directory('E');
    const report = await load({
      ...files,
      'units.csv': `${files['units.csv']}${tst('EE3')},,hälsa,${tst('EV1')}\n19261204-9029,Okänd,health,${tst('EV9')}\n${tst('EE1')},Dubblett,health,${tst('EV1')}\n`,
      'channels.csv': `${files['channels.csv']}${tst('EE1')},post,e-mail,19261204-9029,Frågor,patient,alltid\n${tst('EE8')},a,phone,112,Akut,patient,dygnet runt\n`,
    });
    expect(inWords(report)).toEqual([
      'units.csv rad 4, kolumn name: saknas',
      'units.csv rad 4, kolumn area: ska vara ett av: health, older, disability, individual-and-family, school, other',
      'units.csv rad 5, kolumn hsaId: är inte ett HSA-id (SE, tio siffror, bindestreck, bokstäver a–z och siffror)',
      'units.csv rad 5, kolumn providerHsaId: ingen vård- eller omsorgsgivare i filerna eller katalogen har detta HSA-id',
      'units.csv rad 6, kolumn hsaId: finns redan på units.csv rad 2',
      'channels.csv rad 3, kolumn openingHours: är inte dagar följda av tider (del 1)',
      'channels.csv rad 3, kolumn value: är inte en e-postadress',
      'channels.csv rad 4, kolumn ownerHsaId: ingen enhet eller medarbetare i filerna eller katalogen har detta HSA-id',
    ]);
    expect(JSON.stringify(report)).not.toContain('9029');
    expect(report.written).toBe(false);
    expect(await count('E')).toBe(0);
  });

  it('takes out of use only with a full import, and never deletes', async () => {
    await load(directory('F'));
    await load(directory('F'), { full: true });
    const files = directory('F');
    const oneUnit = files['units.csv']!.split('\n').slice(0, 2).join('\n');
    const partial = await load({ 'units.csv': oneUnit });
    expect(partial.changes).toEqual([]);
    const full = await load({ 'units.csv': oneUnit }, { full: true });
    expect(full.changes).toEqual([{ type: 'units', key: tst('FE2'), what: 'deactivated' }]);
    expect((await pool.query('select active from units where hsa_id = $1', [tst('FE2')])).rows).toEqual([
      { active: false },
    ]);
    const back = await load({ 'units.csv': files['units.csv']! });
    expect(back.changes).toEqual([{ type: 'units', key: tst('FE2'), what: 'changed', fields: ['active'] }]);
  });

  it('refuses a full import that is empty, or that would leave a unit under a provider taken out of use', async () => {
    await load(directory('G'));
    const files = directory('G');
    const empty = await load({ 'units.csv': 'hsaId,name,area,providerHsaId\n' }, { full: true });
    expect(inWords(empty)).toEqual(['units: inga rader: allt i katalogen skulle tas ur bruk']);
    const dangling = await load(
      { 'providers.csv': files['providers.csv']!.split('\n').slice(0, 2).join('\n'), 'units.csv': files['units.csv']! },
      { full: true },
    );
    expect(inWords(dangling)).toEqual([
      'units.csv rad 3, kolumn providerHsaId: ingen vård- eller omsorgsgivare i filerna har detta HSA-id',
    ]);
    expect((await pool.query('select 1 from units where hsa_id = $1 and active', [tst('GE2')])).rowCount).toBe(1);
  });

  it('keeps a field whose column the file leaves out, and clears one whose cell is empty', async () => {
    await load(directory('H'));
    const row = async () =>
      (await pool.query('select title, protected_identity from staff where hsa_id = $1', [tst('HP2')])).rows[0];
    await load({ 'staff.csv': `hsaId,givenName,familyName,unitHsaIds\n${tst('HP2')},Dold,Hemlig,${tst('HE2')}\n` });
    expect(await row()).toEqual({ title: 'undersköterska', protected_identity: true });
    await load({
      'staff.csv': `hsaId,givenName,familyName,title,unitHsaIds,protectedIdentity\n${tst('HP2')},Dold,Hemlig,,${tst('HE2')},\n`,
    });
    expect(await row()).toEqual({ title: null, protected_identity: true });
  });

  it('stores nothing to find a member of staff with protected identity by', async () => {
    await load(directory('I'));
    const { rows } = await pool.query('select search_words, sort_key from staff where hsa_id = $1', [tst('IP2')]);
    expect(rows).toEqual([{ search_words: [], sort_key: '' }]);
  });

  it('lets the second of two imports at once know', async () => {
    const client = await pool.connect();
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(7211025)');
    await expect(load(directory('J'))).rejects.toThrow('another import');
    await client.query('rollback');
    client.release();
  });
});

describe('a CSV file', () => {
  const files = directory('K');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pk-import-'));
    await load(files);
    await rm(folder, { recursive: true });
  });

  it.each([
    [
      'semicolons, a byte order mark and Windows line ends',
      `\ufeffHSA-id;Namn;Område;Vårdgivare\r\n${tst('KE1')};Åby vårdcentral;äldreomsorg;${tst('KV1')}\r\n`,
    ],
    [
      'tabs and columns in another order',
      `vårdgivare\tnamn\thsa_id\tverksamhetsområde\n${tst('KV1')}\tÅby vårdcentral\t${tst('KE1')}\tolder`,
    ],
    [
      'quotation marks, blank lines and lower-case ids',
      `hsaid,name,area,providerhsaid\n\n"${tst('KE1').toLowerCase()}","Åby vårdcentral",OLDER,${tst('KV1')}\n\n`,
    ],
    [
      'letters composed of two',
      `hsaId,name,area,providerHsaId,active\n${tst('KE1')},${'Åby vårdcentral'.normalize('NFD')},older,${tst('KV1')},\n`,
    ],
  ])('is read with %s', async (_how, csv) => {
    const report = await load({ 'enheter 2026-11.csv': csv });
    expect(inWords(report)).toEqual([]);
    expect((await pool.query('select name, area from units where hsa_id = $1', [tst('KE1')])).rows).toEqual([
      { name: 'Åby vårdcentral', area: 'older' },
    ]);
  });

  it.each([
    [
      'without a heading row',
      `${tst('KE1')},191212121212,health,${tst('KV1')}\n`,
      /^units\.csv rad 1: rubriken i kolumn 1 känns inte igen/,
    ],
    ['with a column twice', `hsaId,name,namn,area,providerHsaId\n`, /kolumn name: finns två gånger/],
    ['with a column missing', `hsaId,name,area\n`, /rad 1, kolumn providerHsaId: saknas i rubrikraden/],
    [
      'with a row too short',
      `hsaId,name,area,providerHsaId\n\n${tst('KE1')},Åby\n`,
      /rad 3: har 2 celler, rubrikraden har 4/,
    ],
    [
      'with an open quotation mark',
      `hsaId,name,area,providerHsaId\n${tst('KE1')},"Åby,health,${tst('KV1')}\n`,
      /citattecken/,
    ],
    ['that is empty', '', /^units\.csv: filen är tom/],
    [
      'in Windows-1252',
      Buffer.from(`hsaId,name,area,providerHsaId\na,b,c,d\n${tst('KE1')},\u00c5by,health,${tst('KV1')}\n`, 'latin1'),
      /^units\.csv rad 3: är inte UTF-8/,
    ],
  ])('%s is refused', async (_how, csv, told) => {
    const report = await load({ 'units.csv': csv });
    expect(report.written).toBe(false);
    expect(inWords(report).some((words) => told.test(words))).toBe(true);
    expect(JSON.stringify(report)).not.toContain('191212121212');
  });

  it('tells the line where a row with line breaks begins', async () => {
    const csv = `ownerHsaId,key,kind,value,purpose,audience,openingHours,whenClosed\n${tst('KE1')},a,phone,112,Akut,patient,dygnet runt,"Först\nsedan"\n${tst('KE1')},b,phone,inget,Akut,patient,dygnet runt,\n`;
    expect(inWords(await load({ 'channels.csv': csv }))).toEqual([
      'channels.csv rad 4, kolumn value: är inte ett telefonnummer (t.ex. 040-6280411)',
    ]);
  });

  it('calls columns what the file calls them', async () => {
    const report = await load({
      'enheter.csv': `HSA-id;Namn;Område;Vårdgivare\n${tst('KE1')};Åby;blått;${tst('KV1')}\n`,
    });
    expect(inWords(report)[0]).toMatch(/^enheter\.csv rad 2, kolumn Område: ska vara ett av/);
  });

  it('needs a name that says what it holds', async () => {
    expect(inWords(await load({ 'export.csv': 'a\n' }))[0]).toMatch(
      /^export\.csv: filnamnet säger inte vad filen innehåller/,
    );
    expect(inWords(await load({ 'units.xlsx': 'a\n' }))[0]).toMatch(/ska sluta på \.csv eller \.json/);
  });
});

describe('a JSON file', () => {
  it('holds all kinds, with opening hours as text or as fields', async () => {
    const openingHours = {
      weekly: [{ days: ['mon'], from: '08:00', to: '17:00' }],
      holidays: 'closed',
      exceptions: [],
    };
    const content = {
      principals: [{ hsaId: tst('LH1'), name: 'Region Exempelland', kind: 'region' }],
      providers: [
        {
          hsaId: tst('LV1'),
          name: 'Region Exempelland',
          kind: 'care',
          principalHsaId: tst('LH1'),
          joinedSharedDocumentationFrom: '2024-01-01',
          joinedSharedDocumentationTo: '2026-12-31',
        },
      ],
      units: [{ hsaId: tst('LE1'), name: 'Åby', area: 'health', providerHsaId: tst('LV1') }],
      staff: [{ hsaId: tst('LP1'), givenName: 'Åsa', familyName: 'Öman', unitHsaIds: [tst('LE1')] }],
      channels: [
        {
          ownerHsaId: tst('LE1'),
          key: 'telefon',
          kind: 'phone',
          value: '040-6280411',
          purpose: 'Frågor',
          audience: 'patient',
          openingHours,
        },
        {
          ownerHsaId: tst('LP1'),
          key: 'telefon',
          kind: 'phone',
          value: '040-6280412',
          purpose: 'Frågor',
          audience: 'professional',
          openingHours: 'dygnet runt',
        },
      ],
    };
    expect(inWords(await load({ 'katalog.json': JSON.stringify(content) }))).toEqual([]);
    const again = await load({ 'katalog.json': JSON.stringify(content) }, { full: false });
    expect(again.changes).toEqual([]);
    const { rows } = await pool.query(
      'select joined_shared_documentation_to as "to" from care_providers where hsa_id = $1',
      [tst('LV1')],
    );
    expect(rows[0].to.toISOString()).toBe('2026-12-31T23:00:00.000Z');
  });

  it('is told of by line, and never by what it holds', async () => {
    const text = `{\n  "units": [\n    { "hsaId": "${tst('ME1')}", "name": "a\\n]", "area": "health",\n      "providerHsaId": "${tst('MV1')}" },\n    { "hsaId": "191212121212" }\n  ]\n}`;
    const report = await load({ 'katalog.json': text });
    expect(inWords(report)).toEqual([
      'katalog.json rad 3, kolumn name: innehåller tecken som inte får finnas i text',
      expect.stringContaining('katalog.json rad 3, kolumn providerHsaId: ingen vård- eller omsorgsgivare'),
      expect.stringContaining('katalog.json rad 5, kolumn hsaId: är inte ett HSA-id'),
      'katalog.json rad 5, kolumn name: saknas',
      'katalog.json rad 5, kolumn area: saknas',
      'katalog.json rad 5, kolumn providerHsaId: saknas',
    ]);
  });

  it.each([
    ['a kind that does not exist', '{"191212121212": []}', /ett fält känns inte igen/],
    ['a field that does not exist', '{"units": [{"191212121212": 1}]}', /fält nummer 1 känns inte igen/],
    ['a list that is none', '{"units": {}}', /units ska vara en lista/],
    ['a row that is none', '{"units": [8]}', /rad 1: är inte ett objekt/],
    ['broken JSON', '{"units": [\n191212121212x]}', /är inte giltig JSON/],
    ['nothing', '{}', /filen är tom/],
    ['a list of nobody knows what', '[]', /behöver ett filnamn/],
  ])('with %s is refused', async (_what, text, told) => {
    const report = await load({ 'katalog.json': text });
    expect(report.written).toBe(false);
    expect(inWords(report).some((words) => told.test(words))).toBe(true);
    expect(JSON.stringify(report)).not.toContain('191212121212');
  });
});

describe('a large directory', () => {
  it('of 15,000 units is imported, and compared again', async () => {
    const files = directory('N');
    const units = Array.from(
      { length: 15_000 },
      (_, i) => `${tst(`NX${i}`)},Enhet ${i} i Provköping,health,${tst('NV1')}`,
    );
    const large = { ...files, 'units.csv': `${files['units.csv']}${units.join('\n')}\n` };
    const first = await load(large);
    const second = await load(large);
    expect(first.counts.units?.created).toBe(15_002);
    expect(second.changes).toEqual([]);
  });
});
