import { describe, expect, it } from 'vitest';
import type { NamedContact } from '../../../src/plans/domain/model.ts';
import { whomToReach } from '../../../src/plans/domain/reach.ts';
import { type ReachDirectory, reachCandidates } from '../../../src/plans/domain/reach-candidates.ts';
import { ALWAYS, CENTRE, channel, LEAD, MAJ, majModell, ON_CALL, weekdays } from './reach-fixtures.ts';

const DEPUTY = 'SE0000000000-TSTBO';
const deputy = { staff: DEPUTY, name: 'Bo Test', unit: ON_CALL };

const units = new Map([
  [CENTRE, { name: 'Testeryds vårdcentral', active: true }],
  [ON_CALL, { name: 'Samordningsstöd', active: true }],
  [LEAD, { name: 'Avdelning 4', active: true }],
]);
const channels = new Map([
  [MAJ, [channel({ value: '040-6280421', openingHours: weekdays('08:00', '12:00') })]],
  [CENTRE, [channel()]],
  [ON_CALL, [channel({ value: '040-6280449', openingHours: ALWAYS })]],
  [LEAD, [channel({ value: '040-6280401', openingHours: ALWAYS })]],
]);
const directory: ReachDirectory = { units, channels };

/** Who is reached, on a Wednesday unless told otherwise. */
function reached(
  contact: NamedContact | undefined,
  time: string,
  some: Partial<ReachDirectory> = {},
  on = '2026-11-25',
) {
  const candidates = reachCandidates(contact, LEAD, { ...directory, ...some });
  const { contact: who, open } = whomToReach(candidates, {}, Date.parse(`${on}T${time}:00+01:00`));
  return [open ? 'open' : 'closed', who.via, who.name, who.askFor].filter(Boolean).join(' · ');
}

describe('whom to try', () => {
  it('is the named contact, then the unit where one asks for the contact, then whoever leads the planning', () => {
    expect(reached(majModell(), '09:00')).toBe('open · contact · Maj Modell');
    expect(reached(majModell(), '14:00')).toBe('open · unit · Testeryds vårdcentral · Maj Modell');
    expect(reached(majModell(), '20:00')).toBe('open · lead-unit · Avdelning 4');
  });

  it('is the deputy while the contact is away, at the deputy’s own unit', () => {
    const away = majModell({ deputy, away: [{ from: '2026-11-24', to: '2026-11-25' }] });
    expect(reached(away, '09:00')).toBe('open · deputy-unit · Samordningsstöd · Bo Test');
    const own = new Map([...channels, [DEPUTY, [channel({ value: '040-6280422' })]]]);
    expect(reached(away, '09:00', { channels: own })).toBe('open · deputy · Bo Test');
    expect(reached(away, '09:00', { channels: own }, '2026-11-26')).toBe('open · contact · Maj Modell');
  });

  it('is the deputy, too, when neither contact nor unit answers: Ester’s Saturday', () => {
    expect(reached(majModell({ deputy }), '10:00', {}, '2026-11-21')).toBe(
      'open · deputy-unit · Samordningsstöd · Bo Test',
    );
  });

  it('is the unit while the contact is away without a deputy, and nobody is asked for', () => {
    const away = majModell({ away: [{ from: '2026-11-25', to: '2026-11-25' }] });
    expect(reached(away, '09:00')).toBe('open · unit · Testeryds vårdcentral');
    expect(reached(away, '20:00')).toBe('open · lead-unit · Avdelning 4');
  });

  it.each([
    ['whose time has ended', majModell({ deputy, to: '2026-11-24' })],
    ['who is no longer the contact', majModell({ deputy, state: 'ended' })],
    ['only offered so far', majModell({ deputy, state: 'offered' })],
    ['entered in error', majModell({ deputy, enteredInError: true })],
  ])('is the unit of a contact %s', (_what, contact) => {
    expect(reached(contact, '09:00')).toBe('open · unit · Testeryds vårdcentral');
  });

  it('is the unit of a contact who has left the staff', () => {
    const staff = new Map([[MAJ, { active: false }]]);
    expect(reached(majModell({ deputy }), '09:00', { staff })).toBe('open · unit · Testeryds vårdcentral');
  });

  it('is nobody at a unit that has closed down', () => {
    const closed = new Map([...units, [CENTRE, { name: 'Testeryds vårdcentral', active: false }]]);
    expect(reached(majModell(), '09:00', { units: closed })).toBe('open · lead-unit · Avdelning 4');
  });

  it('is the contact from the first day on, its first minute included, and through the last', () => {
    const contact = majModell({ to: '2026-11-25' });
    expect(reached(contact, '11:59')).toBe('open · contact · Maj Modell');
    const late = majModell({ from: '2026-11-26' });
    expect(reached(late, '09:00')).toBe('open · unit · Testeryds vårdcentral');
    expect(reached(late, '08:00', {}, '2026-11-26')).toBe('open · contact · Maj Modell');
  });

  it('is the lead unit, or 1177, when there is no named contact', () => {
    expect(reached(undefined, '09:00')).toBe('open · lead-unit · Avdelning 4');
    expect(reached(undefined, '09:00', { units: new Map() })).toBe('open · advice-line · 1177 på telefon');
  });

  it('shows a role where the person must not be named', () => {
    const role = majModell({ person: undefined, roleName: 'Sjuksköterskan på vårdcentralen' });
    expect(reached(role, '09:00')).toBe('open · unit · Testeryds vårdcentral · Sjuksköterskan på vårdcentralen');
    const staff = new Map([
      [MAJ, { active: true, protectedIdentity: true }],
      [DEPUTY, { active: true, protectedIdentity: true }],
    ]);
    expect(reached(majModell(), '09:00', { staff })).toBe('open · contact · fast vårdkontakt');
    const away = majModell({ deputy, away: [{ from: '2026-11-25', to: '2026-11-25' }] });
    expect(reached(away, '09:00', { staff })).toBe('open · deputy-unit · Samordningsstöd · ersättare');
  });
});
