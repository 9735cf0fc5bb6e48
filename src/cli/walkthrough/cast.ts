/** HSA-ids of the demonstration. */
export const tst = (suffix: string): string => `SE0000000000-TST${suffix}`;

export const PATIENT = { kind: 'patient' };
export const WARD = { kind: 'region', unit: tst('0101') };
export const HEART = { kind: 'region', unit: tst('0102') };
export const HEALTH_CENTRE = { kind: 'region', unit: tst('0201') };
export const ASSESSORS = { kind: 'municipality-social', unit: tst('0301') };
export const HOME_CARE = { kind: 'municipality-health', unit: tst('0302') };
export const HOME_HELP = { kind: 'municipality-social', unit: tst('0303') };
export const MAJ = { staff: tst('P003'), name: 'Maj Modell' };
export const ON_CALL = { name: 'Jouren', unit: tst('0901') };
