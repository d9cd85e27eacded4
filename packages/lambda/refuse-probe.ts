import { isIP } from 'node:net';
import { isInternal, type ProbeSpec } from '@rookery/http/probes';
import { Failure } from '@rookery/kernel/failure';
import { faultOfAddress } from '@rookery/outbound/address';
import { exceptionsOf, targetOf, webPolicy, type Target } from '@rookery/outbound/policy';
import { checkedUrl } from '@rookery/outbound/url';
import { readConfig } from './config.ts';

const exceptions = (): readonly string[] =>
  exceptionsOf(readConfig(['outboundAllow']).outboundAllow);

// What a probe asks is judged again, with its addresses, whenever it asks: this only tells early.
const targetOfProbe = (probe: ProbeSpec): Target | null => {
  if (probe.kind === 'http') return checkedUrl(probe.url, webPolicy(exceptions())).target;
  if (probe.kind === 'dns' && probe.resolver !== undefined) {
    const port = probe.resolver_port ?? 53;
    return targetOf(probe.resolver, port, { ports: [port], exceptions: exceptions() });
  }
  if (!('host' in probe) || probe.host === undefined) return null;
  const port = probe.port ?? 5_432;
  return targetOf(probe.host, port, { ports: [port], exceptions: exceptions() });
};

const refuseTarget = ({ host, isExcepted }: Target): void => {
  const fault = isExcepted || isIP(host) === 0 ? null : faultOfAddress(host);
  if (fault !== null)
    throw new Failure('forbidden', 'outbound-refused', `${host} ${fault}: give a public address`);
};

const asRefusal = (work: () => void): void => {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'outbound-refused') throw error;
    throw new Failure('invalid', 'change-refused', error.message, { cause: error });
  }
};

/**
 * Refuses what a tenant may not have probed, as far as can be told before anything is looked up: what is for the platform
 * alone, and addresses that nobody may reach. Fails with `change-refused`.
 */
export const refuseProbe = (tenantId: string, probe: ProbeSpec | null | undefined): void => {
  if (probe === null || probe === undefined) return;
  if (isInternal(probe) && tenantId !== 'platform')
    throw new Failure(
      'invalid',
      'change-refused',
      'databases and queues of the platform are probed by the platform alone: name a host of yours',
    );
  asRefusal(() => {
    const target = targetOfProbe(probe);
    if (target !== null) refuseTarget(target);
  });
};

/** A wish for a service, as it is; refuses its probe as `refuseProbe` does. */
export const withProbe = <W extends { readonly probe?: ProbeSpec | null | undefined }>(
  { tenantId }: { readonly tenantId: string },
  wish: W,
): W => {
  refuseProbe(tenantId, wish.probe);
  return wish;
};

const refuseAddress = (url: string | null | undefined): void => {
  if (url === null || url === undefined) return;
  asRefusal(() => refuseTarget(checkedUrl(url, webPolicy(exceptions())).target));
};

/**
 * A wish for where notices go, as it is; refuses addresses that nobody may reach, as `refuseProbe` does. The secret of slack
 * is the address that is posted to.
 */
export const withAddress = <
  W extends {
    readonly address?: string | null | undefined;
    readonly secret?: string | undefined;
  },
>(
  wish: W,
): W => {
  refuseAddress(wish.address);
  if (wish.secret !== undefined && /^https?:/i.test(wish.secret)) refuseAddress(wish.secret);
  return wish;
};
