import { createServer } from 'node:net';
import { Failure } from '@rookery/kernel/failure';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** True for a host name that can only mean this machine; a name that merely starts like one is not. */
const isLoopback = (host: string): boolean =>
  loopbackHosts.has(host.toLowerCase()) || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * Fails with `endpoint-not-loopback` unless every URL points at this machine.
 * The SDK sends a message to the host of its queue URL, whatever endpoint is configured: each is checked by itself.
 */
export const assertLoopback = (endpoints: Readonly<Record<string, string>>): void => {
  const faults = Object.entries(endpoints)
    .filter(([, url]) => !URL.canParse(url) || !isLoopback(new URL(url).hostname))
    .map(([name, url]) => `${name} (${URL.canParse(url) ? new URL(url).host : 'not a URL'})`);
  if (faults.length === 0) return;
  throw new Failure(
    'forbidden',
    'endpoint-not-loopback',
    `the local runtime only talks to this machine, but these point elsewhere: ${faults.join(', ')}; unset them, or for a database set ROOKERY_ALLOW_REMOTE_DATABASE=1`,
  );
};

const bindable = (port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : undefined);
      });
    });
  });

/** The preferred port when it is free on 127.0.0.1, else any free one; without a preference any free one. */
export const choosePort = async (preferred?: number): Promise<number> => {
  const port =
    (preferred === undefined ? undefined : await bindable(preferred)) ?? (await bindable(0));
  if (port === undefined)
    throw new Failure('unavailable', 'port-none', 'no free port on 127.0.0.1');
  return port;
};
