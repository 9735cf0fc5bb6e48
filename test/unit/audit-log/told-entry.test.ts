import { describe, expect, it } from 'vitest';
import { ACTIONS } from '../../../src/access/actions.ts';
import { actionWords, hasActionWords } from '../../../src/audit-log/domain/action-words.ts';
import type { LogEntry } from '../../../src/audit-log/domain/entry.ts';
import { toldEntry } from '../../../src/audit-log/domain/told-entry.ts';
import { randomIds } from '../../../src/shared/ids.ts';

/** About no person, so that no patient is ever told of it. */
const ABOUT_NOBODY = new Set(['directory.read', 'subscription.read', 'subscription.change']);

const ENTRY: LogEntry = {
  patientId: randomIds.patientId(),
  id: randomIds.thingId(),
  at: '2026-11-16T10:00:00.123000Z',
  activity: 'Läsa',
  action: 'plan.read',
  purpose: 'Vård och behandling',
  outcome: 'Beviljad',
  userKind: 'staff',
  userId: 'SE0000000000-TSTP003',
  userName: 'Maj Modell',
  unitName: 'Testeryds vårdcentral',
  providerName: 'Region Exempelland',
  staff: { title: 'distriktssköterska', protected: false, units: [] },
  isPatient: false,
  kinds: ['step', 'plan', 'step', 'unheard-of'],
};

const sentence = (changes: Partial<LogEntry>, toPatient = true) =>
  toldEntry({ ...ENTRY, ...changes }, toPatient).sentence;

describe('an entry of the log in plain words', () => {
  it('has words for every action that can be done to a person', () => {
    const without = Object.keys(ACTIONS).filter((action) => !ABOUT_NOBODY.has(action) && !hasActionWords(action));
    expect(without).toEqual([]);
  });

  it('falls back on the activity for an action of another version', () => {
    expect(actionWords('x-ray.read', 'Läsa').did).toBe('läste uppgifter');
    expect(actionWords('x-ray.read', 'Bestråla').did).toBe('behandlade uppgifter');
  });

  it('says time in milliseconds, and each kind once', () => {
    expect(toldEntry(ENTRY, true)).toMatchObject({
      at: '2026-11-16T10:00:00.123Z',
      did: 'Läste',
      concerning: ['steg', 'plan'],
    });
  });

  it.each<[string, Partial<LogEntry>, string]>([
    ['staff', {}, 'Maj Modell, distriktssköterska, Testeryds vårdcentral, Region Exempelland, läste planen.'],
    [
      'protected staff',
      { staff: { title: 'läkare', protected: true, units: [] } },
      'Läkare, Testeryds vårdcentral, Region Exempelland, läste planen.',
    ],
    [
      'staff unknown to the directory',
      { staff: undefined },
      'Medarbetare, Testeryds vårdcentral, Region Exempelland, läste planen.',
    ],
    [
      'a unit unknown to the directory',
      { unitName: undefined, providerName: undefined },
      'Maj Modell, distriktssköterska, läste planen.',
    ],
    [
      'a refusal',
      { outcome: 'Nekad', userKind: 'citizen', staff: undefined },
      'En annan privatperson ville läsa planen men nekades.',
    ],
    [
      'a system',
      { userKind: 'system', userName: 'Journalen', unitName: undefined },
      'Systemet Journalen, Region Exempelland, läste planen.',
    ],
    [
      'the patient',
      { userKind: 'citizen', isPatient: true, action: 'remark.write' },
      'Du skrev en fråga eller kommentar.',
    ],
    ['nobody known', { userKind: 'unknown', userName: undefined }, 'Någon som inte är känd läste planen.'],
  ])('tells of %s', (_what, changes, words) => expect(sentence(changes)).toBe(words));

  it('calls the patient so to somebody else, and never names another citizen', () => {
    expect(sentence({ userKind: 'citizen', isPatient: true }, false)).toBe('Patienten läste planen.');
    const told = toldEntry({ ...ENTRY, userKind: 'citizen', userName: 'Love Provell' }, true);
    expect(JSON.stringify(told)).not.toContain('Love');
  });
});
