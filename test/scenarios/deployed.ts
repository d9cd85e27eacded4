import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functions, routes } from '../../infra/topology.ts';
import type { Handler } from './alerting-api-room.ts';

/** Asks whichever function of the API serves the route, as the gateway does. */
export const deployed: Handler = async (event, context) => {
  const route = routes.find(({ method, path }) => `${method} ${path}` === event.routeKey);
  if (route === undefined) throw new Error(`nobody serves ${event.routeKey}`);
  const file = pathToFileURL(resolve(functions[route.function].handler)).href;
  const { handler } = (await import(file)) as { readonly handler: Handler };
  return handler(event, context);
};
