import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Method = (input: never) => unknown;
type Call = { readonly method: string; readonly params: readonly [never] };

const answerOf = async (methods: Readonly<Record<string, Method>>, request: IncomingMessage) => {
  try {
    const { method, params } = JSON.parse(await text(request)) as Call;
    const known = methods[method];
    if (known === undefined) return { error: `rpc: there is no method ${method}` };
    return { result: await known(params[0]) };
  } catch (error) {
    return { error: String(error) };
  }
};

/** Starts the server that SST's components call by JSON over HTTP, where the CLI's own would be, and tells them of it. */
export const serveRpc = async (methods: Readonly<Record<string, Method>>) => {
  const server = createServer((request, response) => {
    void answerOf(methods, request).then((body) => response.end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env['SST_SERVER'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return () => server.close();
};
