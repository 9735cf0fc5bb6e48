import { channels } from './directory-channels.ts';
import type { DemoDirectory, DemoPrincipal, DemoProvider, DemoStaff, DemoUnit } from './directory-types.ts';

/** An id of the demonstration: organisation number 0000000000, which belongs to nobody. */
const tst = (suffix: string) => `SE0000000000-TST${suffix}`;

const principals: readonly DemoPrincipal[] = [
  { hsaId: tst('H01'), name: 'Region Exempelland', kind: 'region' },
  { hsaId: tst('H02'), name: 'Region Norrprov', kind: 'region' },
  { hsaId: tst('H03'), name: 'Provköpings kommun', kind: 'municipality' },
  { hsaId: tst('H04'), name: 'Testeryds kommun', kind: 'municipality' },
];

const JOINED = '2024-01-01';

const providers: readonly DemoProvider[] = [
  provider('R01', 'Region Exempelland', 'care', 'H01', JOINED),
  provider('K01', 'Provköpings kommun, hälso- och sjukvård', 'care', 'H03', JOINED),
  provider('O01', 'Provköpings kommun, socialtjänst', 'social-care', 'H03', JOINED),
  provider('R02', 'Region Norrprov', 'care', 'H02', JOINED),
  provider('K02', 'Testeryds kommun', 'care', 'H04'),
];

function provider(
  suffix: string,
  name: string,
  kind: DemoProvider['kind'],
  principal: string,
  joined?: string,
): DemoProvider {
  const base = { hsaId: tst(suffix), name, kind, principalHsaId: tst(principal) };
  return joined === undefined ? base : { ...base, joinedSharedDocumentationFrom: joined };
}

const units: readonly DemoUnit[] = [
  unit('0101', 'Provköpings lasarett, medicinavdelning 4', 'health', 'R01'),
  unit('0102', 'Provköpings lasarett, hjärtmottagningen', 'health', 'R01'),
  unit('0103', 'Psykiatrisk öppenvårdsmottagning Provköping', 'health', 'R01'),
  unit('0104', 'Provköpings lasarett, lungmottagningen', 'health', 'R01'),
  unit('0105', 'Provköpings lasarett, mag- och tarmmottagningen', 'health', 'R01'),
  unit('0106', 'Barn- och ungdomshabiliteringen Provköping', 'health', 'R01'),
  unit('0107', 'Palliativa teamet Provköping', 'health', 'R01'),
  unit('0201', 'Testeryds vårdcentral', 'health', 'R01'),
  unit('0301', 'Provköpings kommun, biståndsenheten', 'older', 'O01'),
  unit('0302', 'Provköpings kommun, hemsjukvården', 'health', 'K01'),
  unit('0303', 'Provköpings kommun, hemtjänst Norr', 'older', 'O01'),
  unit('0304', 'Provköpings kommun, socialtjänst unga vuxna', 'individual-and-family', 'O01'),
  unit('0305', 'Provskolan, elevhälsan', 'school', 'K01'),
  unit('0306', 'Provköpings kommun, LSS-enheten', 'disability', 'O01'),
  unit('0307', 'Provköpings kommun, korttidsboendet', 'older', 'O01'),
  unit('0401', 'Region Norrprov, thoraxkirurgi', 'health', 'R02'),
  unit('0901', 'Samordningsstödet (jour)', 'health', 'R01'),
];

function unit(suffix: string, name: string, area: DemoUnit['area'], providerSuffix: string): DemoUnit {
  return { hsaId: tst(suffix), name, area, providerHsaId: tst(providerSuffix) };
}

const staff: readonly DemoStaff[] = [
  person('P001', 'Tove', 'Testrup', 'sjuksköterska', '0101'),
  person('P002', 'Ali', 'Provsson', 'sjuksköterska', '0102'),
  person('P003', 'Maj', 'Modell', 'distriktssköterska', '0201'),
  person('P004', 'Kim', 'Övning', 'biståndshandläggare', '0301'),
  person('P005', 'Hanna', 'Hittepå', 'sjuksköterska', '0302'),
  person('P006', 'Nils', 'Norrprov', 'undersköterska', '0303'),
  person('P007', 'Noa', 'Fiktiv', 'kurator', '0103'),
  person('P008', 'Sam', 'Låtsas', 'socialsekreterare', '0304'),
  person('P009', 'Elin', 'Demo', 'skolsköterska', '0305'),
  person('P010', 'Runa', 'Modell', 'sjuksköterska', '0105'),
  person('P011', 'Lo', 'Lungström-Prov', 'sjuksköterska', '0104'),
  person('P012', 'Bo', 'Barnefors-Test', 'habiliteringspedagog', '0106'),
  person('P013', 'Pia', 'Påhitt', 'sjuksköterska', '0107'),
  person('P014', 'Lisa', 'Lånad', 'LSS-handläggare', '0306'),
  person('P015', 'Karl', 'Kulissen', 'sjuksköterska', '0307'),
  person('P016', 'Tor', 'Thoraxson-Test', 'läkare', '0401'),
  person('P017', 'Jo', 'Jourman-Prov', 'sjuksköterska', '0901'),
  person('P018', 'Vera', 'Vikarie', 'distriktssköterska', '0201'),
];

function person(suffix: string, givenName: string, familyName: string, title: string, unitSuffix: string): DemoStaff {
  return { hsaId: tst(suffix), givenName, familyName, title, unitHsaIds: [tst(unitSuffix)] };
}

/**
 * The region, the kommuner, their providers, units, staff and contact channels that the demonstration and the
 * scenarios play with. Nothing in it exists: ids have the organisation number 0000000000 and telephone numbers are
 * from the series that Post- och telestyrelsen keeps for fiction.
 */
export const demoDirectory: DemoDirectory = { principals, providers, units, staff, channels };
