import { expect, test } from 'vitest';
import type { ContactChannel } from '../../../src/plans/domain/contact-channel.ts';
import { withoutPlace } from '../../../src/plans/view/without-place.ts';
import type { UnitFacts } from '../../../src/shared/unit-facts.ts';

const unit = (hsaId: string, name: string, kind: 'care' | 'social-care'): UnitFacts => ({
  hsaId,
  name,
  area: kind === 'care' ? 'health' : 'older',
  active: true,
  provider: { hsaId: `${hsaId}V`, name: `${name} AB`, kind },
  principal: { hsaId: `${hsaId}H`, name: 'Provköping', kind: 'region' },
});
const channel = (kind: ContactChannel['kind'], value: string, more: Partial<ContactChannel> = {}): ContactChannel => ({
  kind,
  value,
  purpose: 'Frågor',
  audience: 'patient',
  openingHours: { always: true } as never,
  ...more,
});

test('a protected person’s units have no names, their channels no addresses and no names in their words', () => {
  const units = new Map([
    ['A', unit('A', 'Testeryds vårdcentral', 'care')],
    ['B', unit('B', 'Hemtjänst Norr', 'social-care')],
  ]);
  const channels = new Map([
    [
      'A',
      [
        channel('phone', '08-46500400', {
          purpose: 'Testeryds vårdcentral AB, frågor',
          whenClosed: 'Gå till Hemtjänst Norr',
        }),
        channel('visit', 'Storgatan 1, Testeryd'),
        channel('letter', 'Storgatan 1, 123 45 Testeryd'),
      ],
    ],
  ]);
  const told = withoutPlace({ units, channels });
  expect([...told.units.values()].map(({ name }) => name)).toEqual(['vården', 'omsorgen']);
  expect(told.channels.get('A')).toMatchObject([
    { kind: 'phone', value: '08-46500400', purpose: 'vården, frågor', whenClosed: 'Gå till omsorgen' },
  ]);
  expect(JSON.stringify([...told.channels])).not.toMatch(/Testeryd|Norr|Storgatan/);
});
