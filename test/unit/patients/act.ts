import type { PatientId, ThingId } from '../../../src/shared/ids.ts';
import type { Act } from '../../../src/shared/owned.ts';

export const ESTER = '11111111-1111-4111-8111-111111111111' as PatientId;
export const ESTERS_NUMBER = { kind: 'personnummer', digits: '192612049029' } as const;
export const LOVES_NUMBER = { kind: 'personnummer', digits: '200605132380' } as const;
export const COORDINATION = { kind: 'samordningsnummer', digits: '197010632391' } as const;
export const RESERVE = { kind: 'reservnummer', digits: '99261116R001' } as const;

/** An act of the health centre at an instant, with keys that count upwards. */
export function actAt(now: string): Act {
  let made = 0;
  return {
    now,
    by: { kind: 'staff', staff: 'SE0000000000-TSTP003', name: 'Maj Modell', unit: 'SE0000000000-TST0201' },
    owner: {
      kind: 'staff',
      staff: 'SE0000000000-TSTP003',
      name: 'Maj Modell',
      unit: 'SE0000000000-TST0201',
      provider: 'SE0000000000-TSTR01',
      principal: 'SE0000000000-TSTH01',
    },
    legalBasis: 'HSL',
    newId: () => {
      made += 1;
      return `00000000-0000-7000-8000-${String(made).padStart(12, '0')}` as ThingId;
    },
  };
}

/** The code of the problem that `work` throws; undefined when it throws none. */
export function refusalOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return (error as { definition?: { code: string } }).definition?.code ?? String(error);
  }
  return undefined;
}
