import { createServer } from 'node:http';
import { closeServer, listenOnLoopback } from './loopback.ts';

/** A web shop of one page for probes to look at; it can be closed and opened. */
export type Shop = {
  readonly url: string;
  /** From now on it answers 503, or as it should again. */
  readonly open: (isOpen: boolean) => void;
  readonly stop: () => Promise<void>;
};

/** Starts the shop on 127.0.0.1, open. */
export const startShop = async (port: number): Promise<Shop> => {
  let isOpen = true;
  const server = createServer((_, response) => {
    response
      .writeHead(isOpen ? 200 : 503, { 'content-type': 'application/json' })
      .end(JSON.stringify({ status: isOpen ? 'open' : 'closed' }));
  });
  const bound = await listenOnLoopback(server, port);
  return {
    url: `http://127.0.0.1:${bound}`,
    open: (wish) => {
      isOpen = wish;
    },
    stop: () => closeServer(server),
  };
};
