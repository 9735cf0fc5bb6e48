import { describe, expect, it } from 'vitest';
import { DEFAULT_LAW_SETTINGS } from '../../../src/access/index.ts';
import { lawSettings } from '../../../src/access/law-settings.ts';
import { ConfigError, readConfig } from '../../../src/config.ts';

describe('LAW_SETTINGS', () => {
  it('holds those that differ', () => {
    const config = readConfig({ LAW_SETTINGS: '{"unsignedDelayHours":72,"proxyMayRead":true}' });
    expect(config.lawSettings).toEqual({ unsignedDelayHours: 72, proxyMayRead: true });
    expect(readConfig({}).lawSettings).toBeUndefined();
  });

  it('knows every setting, and takes what applies unless said', () => {
    expect(lawSettings.parse(DEFAULT_LAW_SETTINGS)).toEqual(DEFAULT_LAW_SETTINGS);
  });

  it.each([
    '{"unsignedDelayHours":-1}',
    '{"okänd":1}',
    '{"practicalKinds":["diagnos"]}',
    'nej',
  ])('refuses %s', (text) => {
    expect(() => readConfig({ LAW_SETTINGS: text })).toThrow(ConfigError);
  });
});
