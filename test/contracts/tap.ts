import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { startProxy } from '../../infra/local/proxy.ts';

/** A wire between driver and Postgres that counts, and holds or cuts when told. */
export type Tap = {
  /** For openDb: the server behind the wire, and the WebSocket proxy that leads there (and past it). */
  readonly port: number;
  readonly proxyPort: number;
  /** How often the driver has spoken after the server had: what it waits for comes one round trip each. */
  readonly turns: () => number;
  /** Keeps the server's answers back until `pass`. */
  readonly hold: () => void;
  readonly pass: () => void;
  /** Resolves when the driver has sent this text from now on. */
  readonly sent: (text: string) => Promise<void>;
  /** Cuts every connection. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

/** Starts a tap on loopback in front of a Postgres. */
export const startTap = async (target: {
  readonly host: string;
  readonly port: number;
}): Promise<Tap> => {
  let turns = 0;
  let isDriverSpeaking = false;
  let held: (() => void)[] | undefined;
  let waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  const open = new Set<Socket>();

  const server = createServer({ noDelay: true }, (driver) => {
    const postgres = connect({ ...target, noDelay: true });
    open.add(driver).add(postgres);
    driver.on('data', (chunk: Buffer) => {
      if (!isDriverSpeaking) turns += 1;
      isDriverSpeaking = true;
      postgres.write(chunk);
      for (const { text, resolve } of waiting) if (chunk.includes(text)) resolve();
      waiting = waiting.filter(({ text }) => !chunk.includes(text));
    });
    postgres.on('data', (chunk: Buffer) => {
      const answer = () => {
        isDriverSpeaking = false;
        driver.write(chunk);
      };
      if (held === undefined) answer();
      else held.push(answer);
    });
    for (const [one, other] of [
      [driver, postgres],
      [postgres, driver],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the tap has no port');
  const proxy = await startProxy([{ host: '127.0.0.1', port: address.port }, target]);
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const pass = () => {
    const answers = held ?? [];
    held = undefined;
    for (const answer of answers) answer();
  };
  return {
    port: address.port,
    proxyPort: proxy.port,
    turns: () => turns,
    hold: () => {
      held ??= [];
    },
    pass,
    sent: (text) => new Promise((resolve) => waiting.push({ text, resolve })),
    cut,
    close: async () => {
      cut();
      server.close();
      await proxy.close();
    },
  };
};
