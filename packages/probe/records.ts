import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import type { recordTypes } from '@rookery/http/probes';
import { faultOfAddress } from '@rookery/outbound/address';
import { checkedAddresses, systemResolve } from '@rookery/outbound/resolve';
import { failed, refused } from '@rookery/outbound/failure';
import { targetOf } from '@rookery/outbound/policy';
import { codeOf } from './code.ts';
import type { Context } from './probe.ts';

/** A type of records that we ask for. */
export type RecordType = (typeof recordTypes)[number];

/** What DNS answers: values in the usual notation, or that there are none, which is an answer, too. */
export type Answer =
  | { readonly values: readonly string[] }
  | { readonly values: null; readonly reason: string };

/** A DNS server that somebody named, to be judged before it is asked. */
export type NameServer = { readonly address: string; readonly port: number };

const withoutDot = (name: string): string => name.replace(/\.$/, '').toLowerCase();

const readers = {
  A: (resolver, name) => resolver.resolve4(name),
  AAAA: (resolver, name) => resolver.resolve6(name),
  CNAME: async (resolver, name) => (await resolver.resolveCname(name)).map(withoutDot),
  NS: async (resolver, name) => (await resolver.resolveNs(name)).map(withoutDot),
  PTR: async (resolver, name) => (await resolver.resolvePtr(name)).map(withoutDot),
  MX: async (resolver, name) =>
    (await resolver.resolveMx(name)).map(
      ({ priority, exchange }) => `${priority} ${withoutDot(exchange)}`,
    ),
  SRV: async (resolver, name) =>
    (await resolver.resolveSrv(name)).map(
      (one) => `${one.priority} ${one.weight} ${one.port} ${withoutDot(one.name)}`,
    ),
  CAA: async (resolver, name) =>
    (await resolver.resolveCaa(name)).flatMap(({ critical, ...tags }) =>
      Object.entries(tags)
        .filter(([tag]) => tag !== 'type')
        .map(([tag, value]) => `${critical} ${tag} ${JSON.stringify(value)}`),
    ),
  TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map((parts) => parts.join('')),
} as const satisfies Record<RecordType, (resolver: Resolver, name: string) => Promise<string[]>>;

// What a server says for certain; all else (SERVFAIL, no answer in time) may be the fault of anybody on the way.
const nothing: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such name in DNS (NXDOMAIN)',
  ENODATA: 'the name has no records of this type',
};

const named = async ({ address, port }: NameServer, context: Context): Promise<string> => {
  const target = targetOf(address, port, { ports: [port], exceptions: context.exceptions });
  const [checked = address] = await checkedAddresses(
    target,
    context.network?.resolve ?? systemResolve,
    context.signal,
  );
  return isIPv6(checked) ? `[${checked}]:${port}` : `${checked}:${port}`;
};

const serversOf = async (
  server: NameServer | undefined,
  context: Context,
): Promise<readonly string[] | undefined> =>
  server === undefined ? context.nameServers : [await named(server, context)];

const dnsPort = 53;

// The address, or the beginning of one, that a name of the reverse tree is about; null for other names.
const reversed = (name: string): string | null => {
  const [, labels = '', tree] = /^(.*)\.(in-addr|ip6)\.arpa\.?$/i.exec(name) ?? [];
  if (tree === undefined) return null;
  const digits = labels.split('.').toReversed();
  if (tree.toLowerCase() === 'in-addr') return [...digits, 0, 0, 0].slice(0, 4).join('.');
  const nibbles = digits.slice(0, 32).join('').padEnd(32, '0');
  return nibbles.replaceAll(/(.{4})(?!$)/g, '$1:');
};

// Our own resolver may know inner networks, whose names and addresses are nobody's business.
const refuseInner = (name: string): void => {
  targetOf(name, dnsPort, { ports: [dnsPort], exceptions: [] });
  const address = reversed(name);
  const fault = address === null ? null : faultOfAddress(address);
  if (fault !== null) throw refused(`what ${name} is about ${fault}`);
};

/**
 * Records of a name, asked of one server (judged like every target) or of the usual ones. Fails with `outbound-failed` for
 * the reason dns or timeout when nobody could tell, with `outbound-refused` for names of inner networks.
 */
export const recordsOf = async (
  { name, type, server }: { name: string; type: RecordType; server?: NameServer | undefined },
  context: Context,
): Promise<Answer> => {
  refuseInner(name);
  const servers = await serversOf(server, context);
  // Two tries within the time there is: a lost datagram is no outage.
  const resolver = new Resolver({ timeout: Math.ceil(context.timeoutMs / 3), tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  const stop = (): void => resolver.cancel();
  context.signal.addEventListener('abort', stop, { once: true });
  try {
    context.signal.throwIfAborted();
    return { values: await readers[type](resolver, name) };
  } catch (error) {
    const reason = nothing[codeOf(error)];
    if (reason !== undefined) return { values: null, reason };
    const isLate = context.signal.aborted || codeOf(error) === 'ETIMEOUT';
    throw failed(isLate ? 'timeout' : 'dns', `asking DNS for ${type} of ${name} failed`, error);
  } finally {
    context.signal.removeEventListener('abort', stop);
  }
};
