import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { isLoopback } from '../../shared/loopback.ts';
import type { DeliverySettings } from '../settings.ts';

/** Why nothing is sent to an address. */
export type AddressRefusal = 'not-https' | 'internal' | 'not-allowed';

type Targets = Pick<DeliverySettings, 'hosts' | 'allowLocal'>;

/** Raised inside a connection's own look-up, before anything is sent. */
export class AddressRefused extends Error {
  constructor() {
    super('the name leads to an internal address');
    this.name = 'AddressRefused';
  }
}

/** Of IPv6 only 2000::/3 has been given out to anyone: all else is for special use, or an old way to write IPv4 (::10.0.0.1). */
const GIVEN_OUT: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/** Whether an IP address is one that anyone on the internet could have: not loopback, private, link-local, mapped or the like. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` reads an IPv4 address out of IPv6 (::ffff:10.0.0.1), so that it is judged as what it is.
  const read = ipaddr.process(address);
  return read.range() === 'unicast' && (read instanceof ipaddr.IPv4 || read.match(GIVEN_OUT));
}

/**
 * What the address itself tells, before any name is looked up.
 *
 * Only https on its usual port, without user or fragment, to a host on the list. An IP address is never on the list.
 */
export function judgeTarget(target: string, settings: Targets): AddressRefusal | undefined {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (!url) return 'not-https';
  const host = hostOf(url);
  if (isLocalTarget(url, settings)) return undefined;
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || url.hash !== '') return 'not-https';
  if (isInternalName(host)) return 'internal';
  if (url.port !== '' || !settings.hosts.some((allowed) => matches(allowed, host))) return 'not-allowed';
  return undefined;
}

/** The host as names and addresses are compared: no brackets, no closing dot. */
export function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function isLocalTarget(url: URL, { allowLocal }: Targets): boolean {
  return allowLocal && (url.protocol === 'http:' || url.protocol === 'https:') && isLoopback(hostOf(url));
}

function isInternalName(host: string): boolean {
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return !host.includes('.') || /\.(localhost|local|internal|intranet|lan|home\.arpa)$/.test(host);
}

function matches(allowed: string, host: string): boolean {
  if (isIP(host) !== 0) return false;
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) : host === allowed;
}

/**
 * The look-up of a connection: every address that the name leads to must be public, at this very moment, so that a name
 * that is moved between the check and the sending leads nowhere.
 */
export function guardedLookup(settings: Targets): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const isLocal = settings.allowLocal && isLoopback(host);
      const first = addresses[0];
      if (!first || (!isLocal && !addresses.every(({ address }) => isPublicAddress(address)))) {
        return callback(new AddressRefused(), '', 0);
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
