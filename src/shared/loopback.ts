const IPV4_LOOPBACK = /^127(?:\.\d{1,3}){3}$/;

/**
 * Tells whether a host name or address means this machine alone. IPv6 may stand in brackets, as in a URL, and an
 * IPv4 address may be mapped into IPv6, as sockets report it.
 */
export function isLoopback(host: string): boolean {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, '');
  return bare === 'localhost' || bare === '::1' || IPV4_LOOPBACK.test(bare.replace(/^::ffff:/, ''));
}
