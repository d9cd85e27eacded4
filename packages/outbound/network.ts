import { connect, isIP, type Socket } from 'node:net';
import { refused } from './failure.ts';
import type { Policy } from './policy.ts';
import { systemResolve, type Resolve } from './resolve.ts';

/** How a name becomes addresses, and how an address that was judged becomes a socket. */
export type Network = {
  readonly resolve: Resolve;
  /** Called with IP addresses only, after the guard. */
  readonly dial: (address: string, port: number) => Socket;
};

/** Where one may go and by which network; `ca` is a certificate (PEM) trusted beside the public ones, for tests. */
export type Reach = {
  readonly policy: Policy;
  readonly network?: Network;
  readonly ca?: string;
};

/** The network of this machine. */
export const systemNetwork: Network = {
  resolve: systemResolve,
  dial: (address, port) => {
    // A name here would be looked up again, behind the guard's back.
    if (isIP(address) === 0) throw refused(`${address} is no IP address`);
    return connect({ host: address, port });
  },
};
