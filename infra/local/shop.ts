import { once } from 'node:events';
import { createServer } from 'node:http';

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
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the shop has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    open: (wish) => {
      isOpen = wish;
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};
