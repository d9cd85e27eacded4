import ipaddr from 'ipaddr.js';

// Public by their range, and yet the inside of somebody's cloud: Azure's wire server answers with credentials.
// Alibaba's metadata is special by its range, too, and named so that no release of a library can let it out.
const denied = new Set(['168.63.129.16', '100.100.100.200']);

// https://www.iana.org/assignments/ipv6-address-space: all that is global unicast today. The rest is not assigned.
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');

const fromParts = (high: number, low: number): ipaddr.IPv4 =>
  new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);

// Where the IPv4 address lies in addresses that are a way to one, by their first parts.
const carriers: readonly { readonly name: string; readonly cidr: string; readonly at: number }[] = [
  { name: 'IPv4-mapped', cidr: '::ffff:0:0/96', at: 6 },
  { name: 'IPv4-compatible', cidr: '::/96', at: 6 },
  { name: 'IPv4-translated', cidr: '::ffff:0:0:0/96', at: 6 },
  { name: 'NAT64', cidr: '64:ff9b::/96', at: 6 },
  { name: '6to4', cidr: '2002::/16', at: 1 },
];
const carried = carriers.map((carrier) => ({
  ...carrier,
  cidr: ipaddr.IPv6.parseCIDR(carrier.cidr),
}));

const judgeV4 = (address: ipaddr.IPv4): string | null => {
  if (denied.has(address.toString())) return 'belongs to the inside of a cloud';
  const range = address.range();
  return range === 'unicast' ? null : `is ${range}, not public`;
};

// RFC 5214: 5efe and an IPv4 address as interface id, whatever the bits for "universal" and "group" say.
const isatapOf = (parts: readonly number[]): ipaddr.IPv4 | null =>
  ((parts[4] ?? 0) & 0xfcff) === 0 && parts[5] === 0x5efe
    ? fromParts(parts[6] ?? 0, parts[7] ?? 0)
    : null;

const judgeV6 = (address: ipaddr.IPv6): string | null => {
  if (address.zoneId !== undefined) return 'names a zone of this machine';
  for (const { name, cidr, at } of carried)
    if (address.match(cidr)) {
      const inner = judgeV4(fromParts(address.parts[at] ?? 0, address.parts[at + 1] ?? 0));
      return inner === null ? null : `is ${name} of one that ${inner}`;
    }
  const range = address.range();
  if (range !== 'unicast') return `is ${range}, not public`;
  if (!address.match(globalUnicast)) return 'is not assigned';
  const isatap = isatapOf(address.parts);
  const inner = isatap === null ? null : judgeV4(isatap);
  return inner === null ? null : `is ISATAP of one that ${inner}`;
};

/** Why nothing may be sent to an IP address, or null when it is public; whatever is not plainly an address is refused. */
export const faultOfAddress = (address: string): string | null => {
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return judgeV4(ipaddr.IPv4.parse(address));
  if (ipaddr.IPv6.isValid(address)) return judgeV6(ipaddr.IPv6.parse(address));
  return 'is no IP address';
};
