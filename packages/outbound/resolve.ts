import { lookup, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { faultOfAddress } from './address.ts';
import { Failure } from '@rookery/kernel/failure';
import { withinDeadline } from './deadline.ts';
import { codeOf, failed, refused } from './failure.ts';
import { isInnerName, type Target } from './policy.ts';

/** All addresses of a name: the only look-up there is. Fails, or gives an empty list, when there are none. */
export type Resolve = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

// getaddrinfo has four threads for the whole container: four names whose servers hang would hold up every other name
// for seconds. c-ares has none, and stops when it is told to.
const asked = { timeout: 2_000, tries: 2 };
// Some servers never answer for IPv6: who has an address waits this long for others, and not six seconds.
const graceMs = 500;

/**
 * A resolver that asks DNS, these servers or the machine's own. Inner names, which only exceptions may have, are looked up
 * as the machine does it, in its hosts file, too.
 */
export const resolveBy =
  (servers?: readonly string[]): Resolve =>
  async (host, signal) => {
    if (isInnerName(host)) return (await lookup(host, { all: true })).map(({ address }) => address);
    const resolver = new Resolver(asked);
    if (servers !== undefined) resolver.setServers(servers);
    const stop = (): void => resolver.cancel();
    signal.addEventListener('abort', stop, { once: true });
    const answers = [resolver.resolve4(host), resolver.resolve6(host)];
    try {
      await Promise.any(answers);
      await Promise.race([Promise.allSettled(answers), wait(graceMs, undefined, { ref: false })]);
    } catch (error) {
      throw error instanceof AggregateError ? error.errors[0] : error;
    } finally {
      stop();
      signal.removeEventListener('abort', stop);
    }
    const settled = await Promise.allSettled(answers);
    return settled.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  };

/** The resolver of this machine. */
export const systemResolve: Resolve = resolveBy();

const addressesOf = async (
  host: string,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  if (isIP(host) !== 0) return [host];
  try {
    const found = await withinDeadline(resolve(host, signal), signal);
    if (found.length > 0) return [...new Set(found)];
  } catch (error) {
    if (error instanceof Failure) throw error;
    // Never refused or reset, whatever the code: a name server that refuses, or none at all, says nothing of the target.
    throw failed('dns', `the look-up of ${host} failed with ${codeOf(error)}`, error);
  }
  throw failed('dns', `${host} has no address`);
};

/**
 * The addresses of a target that may be connected to, all of them judged: one that is not public refuses the target
 * with `outbound-refused`. Connect to what this returns and look nothing up again: DNS may answer otherwise next time.
 */
export const checkedAddresses = async (
  { host, isExcepted }: Target,
  resolve: Resolve,
  signal: AbortSignal,
): Promise<readonly string[]> => {
  const found = await addressesOf(host, resolve, signal);
  if (isExcepted) return found;
  for (const address of found) {
    const fault = faultOfAddress(address);
    if (fault !== null)
      throw refused(`${address === host ? host : `an address of ${host}`} ${fault}`);
  }
  return found;
};
