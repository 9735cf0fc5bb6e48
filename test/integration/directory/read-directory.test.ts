import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { channelsPart, findUnits, unitsPart } from '../../../src/directory/index.ts';
import { asOwner } from '../../support/test-server.ts';
import { type DirectoryDoor, openDirectoryDoor, SMALL, tst } from './directory-door.ts';

let door: DirectoryDoor;
beforeAll(async () => {
  door = await openDirectoryDoor();
  await door.load(SMALL);
});
afterAll(() => door.close());

const names = async (url: string, as?: string) =>
  (await door.get(url, as)).body.items.map((one) => one.name ?? one.displayName);
const q = encodeURIComponent;

describe('a search by name', () => {
  it.each([
    ['vårdc', ['Testeryds vårdcentral', 'Östra vårdcentralen']],
    ['VÅRDCENTRAL test', ['Testeryds vårdcentral']],
    ['åb', ['Åby äldreboende']],
    ['ab', ['Abborrens förskola']],
    ['ald', []],
    ['medicinavd 4', ['Provköpings lasarett, medicinavd 4']],
    ['centralen', []],
    ["' | 'a", ['Abborrens förskola']],
  ])('for %s finds names with words that begin so', async (text, found) => {
    expect(await names(`/units?name=${q(text)}`)).toEqual(found);
  });

  it('finds letters that are composed of two', async () => {
    expect(await names(`/units?name=${q('Älvsjö'.normalize('NFD'))}`)).toEqual(['Älvsjö hemtjänst']);
  });

  it.each([
    '',
    '%20-',
    'a'.repeat(101),
    'a%20b%20c%20d%20e%20f%20g%20h%20i',
  ])('is refused when it says nothing or too much: %s', async (text) => {
    const { status, body } = await door.get(`/units?name=${text}`);
    expect([status, body.code]).toEqual([400, 'invalid-request']);
  });
});

describe('a list', () => {
  it('is in Swedish order, and holds what is in use', async () => {
    expect(await names('/units')).toEqual([
      'Abborrens förskola',
      'Provköpings lasarett, medicinavd 4',
      'Testeryds vårdcentral',
      'Åby äldreboende',
      'Älvsjö hemtjänst',
      'Östra vårdcentralen',
    ]);
  });

  it('holds what is closed, and what belongs to something closed, only when asked', async () => {
    expect(await names('/units?active=false')).toEqual(['Stängda vårdcentralen', 'Vårdcentralen i landstinget']);
    expect((await names('/units?active=all')).length).toBe(8);
    expect(await names('/care-providers?active=false')).toEqual(['Nedlagda landstinget']);
    expect(await names('/principals?active=false')).toEqual(['Nedlagda landstinget']);
  });

  it('is narrowed by what things belong to', async () => {
    expect(await names(`/units?area=older&provider=${tst('O01')}`)).toEqual(['Åby äldreboende', 'Älvsjö hemtjänst']);
    expect(await names(`/units?principal=${tst('H03')}&name=f`)).toEqual(['Abborrens förskola']);
    expect(await names(`/care-providers?principal=${tst('H03')}`)).toEqual(['Provköpings kommun, socialtjänst']);
    expect(await names('/principals?kind=region')).toEqual(['Region Exempelland']);
    expect(await names(`/staff?unit=${tst('0302').toLowerCase()}`)).toEqual(['Åsa Ödman-Prov']);
    expect(await names(`/staff?provider=${tst('O01')}`)).toEqual(['Åsa Ödman-Prov']);
    expect(await names(`/units?hsaId=${tst('0303').toLowerCase()}`)).toEqual(['Östra vårdcentralen']);
  });

  it('is read page by page without losing or repeating anything', async () => {
    const seen: unknown[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page++) {
      const { body } = await door.get(`/units?limit=4&active=all${cursor}`);
      seen.push(...body.items.map((one) => one.hsaId));
      if (body.nextCursor === undefined) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen.length).toBe(8);
    expect(new Set(seen).size).toBe(8);
  });

  it('has no next page when the last is full', async () => {
    expect((await door.get('/units?limit=6')).body.nextCursor).toBeUndefined();
  });

  it('refuses the cursor of another search, another actor, or none of ours', async () => {
    const { body } = await door.get('/units?limit=2');
    expect((await door.get(`/units?limit=3&cursor=${body.nextCursor}`)).status).toBe(200);
    for (const [url, as] of [
      [`/units?area=older&cursor=${body.nextCursor}`, 'staff'],
      [`/staff?cursor=${body.nextCursor}`, 'staff'],
      [`/units?cursor=${body.nextCursor}`, 'system'],
      ['/units?cursor=c1.AAAA', 'staff'],
    ] as const) {
      expect((await door.get(url, as)).body.code).toBe('cursor-invalid');
    }
  });

  it.each([
    '/units?area=blue',
    '/units?limit=0',
    '/units?limit=201',
    '/units?provider=1',
    '/units?what=1',
    '/units?name=a&name=b',
  ])('refuses %s', async (url) => {
    expect((await door.get(url)).status).toBe(400);
  });
});

describe('an answer', () => {
  it('tells whom a unit belongs to', async () => {
    const { body } = await door.get(`/units/${tst('0201')}`);
    expect(body).toEqual({
      id: expect.stringMatching(/^[a-z2-7]{26}$/),
      hsaId: tst('0201'),
      name: 'Testeryds vårdcentral',
      area: 'health',
      active: true,
      provider: { hsaId: tst('R01'), name: 'Region Exempelland', kind: 'care' },
      principal: { hsaId: tst('H01'), name: 'Region Exempelland', kind: 'region' },
    });
  });

  it('tells the first and last day of shared documentation', async () => {
    const { body } = await door.get(`/care-providers?hsaId=${tst('R01')}`);
    expect(body.items[0]).toMatchObject({
      joinedSharedDocumentationFrom: '2024-01-01',
      joinedSharedDocumentationTo: '2027-12-31',
      principal: { name: 'Region Exempelland' },
    });
  });

  it('about a unit that is not there is 404, and about no HSA-id 400, and neither repeats it', async () => {
    expect((await door.get(`/units/${tst('8888')}`)).status).toBe(404);
    const { status, text } = await door.get('/units/19261204-9029');
    expect(status).toBe(400);
    expect(text).not.toContain('9029');
  });

  it('that has not changed is confirmed without being sent again', async () => {
    const { etag } = await door.get('/units');
    expect(await door.get('/units', 'staff', { 'if-none-match': etag })).toMatchObject({ status: 304, text: '' });
  });
});

describe('staff', () => {
  it('are found by the beginning of given and family name, accents or not', async () => {
    expect(await names(`/staff?name=${q('öd ås')}`)).toEqual(['Åsa Ödman-Prov']);
    expect(await names('/staff?name=andre')).toEqual(['André Akersson']);
    expect(await names('/staff?name=modell')).toEqual(['Maj Modell']);
  });

  it('show where they work, in order', async () => {
    const { body } = await door.get(`/staff?hsaId=${tst('P004')}`);
    expect(body.items[0]).toEqual({
      id: expect.any(String),
      hsaId: tst('P004'),
      displayName: 'Åsa Ödman-Prov',
      givenName: 'Åsa',
      familyName: 'Ödman-Prov',
      title: 'undersköterska',
      units: [
        { hsaId: tst('0301'), name: 'Åby äldreboende' },
        { hsaId: tst('0302'), name: 'Älvsjö hemtjänst' },
      ],
      active: true,
    });
  });

  it('with protected identity are role and unit, whichever way they are met', async () => {
    for (const name of ['hemliga', 'skyddstr', 'kurator']) expect(await names(`/staff?name=${name}`)).toEqual([]);
    const byId = await door.get(`/staff?hsaId=${tst('P006')}`);
    expect(byId.body.items).toEqual([
      {
        id: expect.any(String),
        hsaId: tst('P006'),
        displayName: 'kurator',
        title: 'kurator',
        units: [{ hsaId: tst('0201'), name: 'Testeryds vårdcentral' }],
        active: true,
      },
    ]);
    const all = await door.get(`/staff?unit=${tst('0201')}&active=all`);
    expect(all.text).not.toMatch(/Hemliga|Skyddstr/);
    expect(all.body.items.map((one) => one.displayName)).toEqual([
      'kurator',
      'André Akersson',
      'Maj Modell',
      'Slutat Modell',
    ]);
  });
});

describe('channels of a unit', () => {
  it('come in its own order with hours in words, and tell what is open now', async () => {
    door.setClock('2026-11-16T08:00:00+01:00');
    const { body } = await door.get(`/units/${tst('0201')}/channels`);
    expect(body.items.map((one) => [one.key, one.open, one.changesAt])).toEqual([
      ['1177', true, undefined],
      ['telefon', true, '2026-11-16T16:00:00.000Z'],
      ['samverkan', true, '2026-11-16T16:00:00.000Z'],
    ]);
    expect(body.items[1]).toMatchObject({
      value: '040-6280420',
      openingHoursText: 'mån-fre 08:00-17:00; helgdag stängt',
      whenClosed: 'Ring 1177.',
      inEmergency: 'Ring 112.',
    });
    door.setClock('2026-12-24T17:30:00+01:00');
    const closed = await door.get(`/units/${tst('0201')}/channels`);
    expect(closed.body.items[1]).toMatchObject({ open: false, changesAt: '2026-12-28T07:00:00.000Z' });
  });

  it('for professionals never reach a citizen', async () => {
    const { status, text, body } = await door.get(`/units/${tst('0201')}/channels`, 'citizen');
    expect(status).toBe(200);
    expect(body.items.map((one) => one.key)).toEqual(['1177', 'telefon']);
    expect(text).not.toContain('040-6280442');
    expect((await door.get(`/units/${tst('0201')}/channels`, 'system')).body.items.length).toBe(3);
  });

  it('are none for a unit that has none, and 404 for one that is not there', async () => {
    expect((await door.get(`/units/${tst('0101')}/channels`)).body).toEqual({ items: [] });
    expect((await door.get(`/units/${tst('8888')}/channels`)).status).toBe(404);
  });
});

describe('who may read the directory', () => {
  it('is staff and systems; a citizen only units and their channels', async () => {
    const routes = ['/principals', '/care-providers', '/units', '/staff', `/units/${tst('0201')}`];
    for (const url of routes) {
      expect([url, (await door.get(url)).status, (await door.get(url, 'system')).status]).toEqual([url, 200, 200]);
      expect((await door.get(url, 'nobody')).status).toBe(401);
    }
    const ofCitizen = await Promise.all(routes.map(async (url) => (await door.get(url, 'citizen')).status));
    expect(ofCitizen).toEqual([403, 403, 200, 403, 200]);
  });

  it('is not staff of a unit that the directory lacks', async () => {
    expect((await door.get('/units', 'stranger')).body.code).toBe('not-found');
  });

  it('is logged, by what was searched for and how much was found, never with which words', async () => {
    await door.get('/units?name=testeryds&limit=1');
    await door.get('/units', 'stranger');
    const rows = await asOwner(
      door.database.ownerUrl,
      async (client) => (await client.query('select * from audit_entries order by id desc limit 2')).rows,
    );
    expect(rows[0]).toMatchObject({ outcome: 'Nekad', reason: 'unknown-unit', user_id: tst('P999') });
    expect(rows[1]).toMatchObject({ outcome: 'Beviljad', action: 'directory.read', hits: 1, route: 'GET /v1/units' });
    expect(rows[1].particulars).toEqual({ criteria: ['name', 'active'] });
    expect(JSON.stringify(rows)).not.toContain('testeryds');
  });
});

describe('facts about units for other slices', () => {
  it('tell provider, principal and whether all three are in use', async () => {
    const found = await findUnits(door.pool, [tst('0201'), tst('0306'), tst('8888')]);
    expect([...found.keys()].sort()).toEqual([tst('0201'), tst('0306')]);
    expect(found.get(tst('0201'))).toEqual({
      hsaId: tst('0201'),
      name: 'Testeryds vårdcentral',
      area: 'health',
      active: true,
      provider: {
        hsaId: tst('R01'),
        name: 'Region Exempelland',
        kind: 'care',
        joinedFrom: '2023-12-31T23:00:00Z',
        joinedTo: '2027-12-31T23:00:00Z',
      },
      principal: { hsaId: tst('H01'), name: 'Region Exempelland', kind: 'region' },
    });
    expect(found.get(tst('0306'))?.active).toBe(false);
    expect((await findUnits(door.pool, [])).size).toBe(0);
  });
});

describe('the directory in a record of a patient', () => {
  const named = 'select unnest($1::text[])';
  const part = async ({ name, sql }: { name: string; sql: string }, hsaIds: readonly (string | null)[]) => {
    const { rows } = await door.pool.query(`select (${sql}) as ${name}`, [hsaIds]);
    return rows[0][name];
  };

  it('gives the facts of the units that are named, and passes over what is none', async () => {
    const units = await part(unitsPart(named), [tst('0201'), tst('P003'), null, tst('0201')]);
    expect(units.map((unit: { hsaId: string }) => unit.hsaId)).toEqual([tst('0201')]);
    expect(await part(unitsPart(named), [])).toEqual([]);
  });

  it('gives the channels in use of units and staff, each with its owner, in their own order', async () => {
    const channels = await part(channelsPart(named), [tst('0201'), tst('0101')]);
    expect(channels.map((channel: Record<string, unknown>) => [channel.owner, channel.key, channel.audience])).toEqual([
      [tst('0201'), '1177', 'patient'],
      [tst('0201'), 'telefon', 'patient'],
      [tst('0201'), 'samverkan', 'professional'],
    ]);
    expect(channels[0].openingHours).toEqual({ weekly: [], always: true, holidays: 'as-usual', exceptions: [] });
    expect(await part(channelsPart(named), [])).toEqual([]);
  });
});
