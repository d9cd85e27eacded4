import { Failure } from '@rookery/kernel/failure';
import { isIPv6 } from 'node:net';
import { refused } from './failure.ts';

/** Where requests may go: the ports, and exact `host:port` pairs that are let through unjudged (none in the cloud). */
export type Policy = {
  readonly ports: readonly number[];
  readonly exceptions: readonly string[];
};

/** A host and port that policy allows by name. `isExcepted`: its addresses are not judged. */
export type Target = {
  /** As WHATWG URLs write it, an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  readonly isExcepted: boolean;
};

/** The ports of HTTP(S) servers that probes and webhooks may reach. */
export const webPorts: readonly number[] = [80, 443, 8080, 8443];

/** The policy of requests over HTTP(S), with the exceptions of OUTBOUND_ALLOW. */
export const webPolicy = (exceptions: readonly string[] = []): Policy => ({
  ports: webPorts,
  exceptions,
});

// RFC 6761, RFC 6762 appendix G, and what clouds call their insides.
const innerNames = new Set(
  'localhost local localdomain internal lan home corp intranet private'.split(' '),
);

// One parser for hosts everywhere: what is judged is what is connected to, however it was spelled.
const hostOf = (text: string): string | null => {
  const bracketed = isIPv6(text) ? `[${text}]` : text;
  if (!/^\[[^\][]+\]$/.test(bracketed) && /[\s/\\?#@:[\]]/.test(bracketed)) return null;
  const host = URL.parse(`http://${bracketed}/`)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  // An empty label would hide the last one from whoever looks at it.
  return /^[a-z0-9._:-]+$/.test(host) && !host.includes('..') ? host : null;
};

const pairOf = (host: string, port: number): string => `${host}:${port}`;

/** Parses OUTBOUND_ALLOW, `host:port` between commas; fails with `config-invalid` on anything else. */
export const exceptionsOf = (text: string | undefined): readonly string[] =>
  (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, name = '', digits = ''] = /^(.+):(\d{1,5})$/.exec(entry) ?? [];
      const host = name === '' ? null : hostOf(name);
      if (host === null || Number(digits) > 65_535)
        throw new Failure(
          'unavailable',
          'config-invalid',
          `OUTBOUND_ALLOW holds ${entry}, which is no host:port: write for example 127.0.0.1:9327`,
        );
      return pairOf(host, Number(digits));
    });

/** True for names that only inner networks and hosts files know: those without a dot, and some last parts. */
export const isInnerName = (host: string): boolean => {
  const bare = host.replace(/\.$/, '');
  const last = bare.slice(bare.lastIndexOf('.') + 1);
  return !isIPv6(bare) && (!bare.includes('.') || innerNames.has(last));
};

/** Judges a host and a port by name, before anything is looked up; fails with `outbound-refused`. */
export const targetOf = (name: string, port: number, policy: Policy): Target => {
  const host = hostOf(name);
  if (host === null || host.length > 254) throw refused('the host is no host name');
  if (policy.exceptions.includes(pairOf(host, port))) return { host, port, isExcepted: true };
  if (port < 1 || port > 65_535 || !policy.ports.includes(port))
    throw refused(`port ${port} is not among ${policy.ports.join(', ')}`);
  if (isInnerName(host)) throw refused(`${host} is a name of inner networks`);
  return { host, port, isExcepted: false };
};
