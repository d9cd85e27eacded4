import type { Server, Socket } from 'node:net';
import type { Finding } from '@rookery/probe/finding';
import type { Kinds } from '@rookery/probe/kinds';
import { runProbes, type Limits, type RunSurroundings } from '@rookery/probe/run';
import { openAuthority, type Authority } from './certificate.ts';
import { startNameServer, type Records } from './name-server.ts';
import { listening } from './outbound-room.ts';

/** Real servers on this machine, and probes that may reach them alone. */
export type ProbeRoom = {
  readonly authority: Authority;
  /** Starts a server and lets probes reach it, at 127.0.0.1 and localhost. */
  readonly serve: (server: Server) => Promise<number>;
  /** Starts a DNS server, the one that all probes ask; returns its port and the names it was asked. */
  readonly serveDns: (records: Records) => Promise<{ port: number; asked: string[] }>;
  /** What a probe finds, within a time-out of a second and without a second attempt unless told. */
  readonly find: (probe: object, wish?: Wish) => Promise<Finding & { attempts: number }>;
  readonly surroundings: () => RunSurroundings;
  readonly close: () => void;
};

/** How one check is to differ from the usual. */
export type Wish = {
  readonly timeoutSeconds?: number;
  readonly retries?: number;
  readonly isPlatform?: boolean;
  readonly surroundings?: Partial<RunSurroundings>;
  readonly probes?: Kinds;
};

/** Limits of a run for tests that need not wait. */
export const quick: Limits = { lanes: 256, checkMs: 14_000, pauseMs: 10 };

/** Opens a room without servers. */
export const openProbeRoom = (): ProbeRoom => {
  const authority = openAuthority();
  const closers: (() => void)[] = [];
  const exceptions: string[] = [];
  let nameServers: string[] = ['127.0.0.1:9'];
  const surroundings = () => ({ exceptions, nameServers, ca: authority.ca, references: [] });
  return {
    authority,
    surroundings,
    serve: async (server) => {
      const sockets = new Set<Socket>();
      server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.on('error', () => {}).on('close', () => sockets.delete(socket));
      });
      const port = await listening(server);
      exceptions.push(`127.0.0.1:${port}`, `localhost:${port}`);
      closers.push(() => {
        server.close();
        for (const socket of sockets) socket.destroy();
      });
      return port;
    },
    serveDns: async (records) => {
      const { port, asked, close } = await startNameServer(records);
      closers.push(close);
      exceptions.push(`127.0.0.1:${port}`);
      nameServers = [`127.0.0.1:${port}`];
      return { port, asked };
    },
    find: async (probe, { surroundings: other, probes, ...wish } = {}) => {
      const target = { probe, timeoutSeconds: 1, retries: 0, isPlatform: false, ...wish };
      const run = await runProbes([target], { ...surroundings(), ...other }, quick, probes);
      const [checked] = run.checked;
      if (checked === undefined) throw new Error('nothing was checked');
      return { ...checked.finding, attempts: checked.attempts };
    },
    close: () => {
      for (const close of closers.splice(0)) close();
    },
  };
};
