import { join } from 'node:path';
import { functions, routes } from '../../infra/topology.ts';
import { root } from '../contracts/files.ts';
import type { Handler } from './alerting-api-room.ts';

/** The handler of a route, as the topology has it: `POST /v1/monitoring/silences`. */
export const handlerOf = async (route: string): Promise<Handler> => {
  const found = routes.find(({ method, path }) => `${method} ${path}` === route);
  if (found === undefined) throw new Error(`the topology has no route ${route}`);
  const file: { handler: Handler } = await import(join(root, functions[found.function].handler));
  return file.handler;
};
