import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { routes, type FunctionName } from '../../infra/topology.ts';
import { dataDirOf, root, type Options } from './command.ts';
import { runningHere } from './place.ts';
import type { Place } from './smoke-stage.ts';
import { textOf } from './text-file.ts';

/** How a command is told where a stage is. */
export type Whereabouts = {
  readonly outputs?: string;
  readonly streams: Place['streams'];
};

/** The functions that stream. */
export const streaming: readonly FunctionName[] = [
  ...new Set(routes.filter((route) => route.streaming).map((route) => route.function)),
];

const url = z.url({ protocol: /^https?$/ });
const outputs = z.object({ api: url, streams: z.record(z.string(), url).default({}) });

/** Parses a URL given on the command line. */
export const urlOption = (text: string): string => {
  if (url.safeParse(text).success) return text;
  throw new InvalidArgumentError('Write an http or https URL.');
};

/** Parses where streams are: one URL for all of them, or `<function>=<url>`, after those that were given before. */
export const streamsOption = (text: string, before: Place['streams']): Place['streams'] => {
  const named = streaming.find((name) => text.startsWith(`${name}=`));
  const at = urlOption(named === undefined ? text : text.slice(named.length + 1));
  const names = named === undefined ? streaming : [named];
  return { ...before, ...Object.fromEntries(names.map((name) => [name, at])) };
};

// npm run changes to the checkout, where sst deploy writes them.
const outputsIn = async (path: string): Promise<Place> => {
  const text = await textOf(resolve(root, path));
  try {
    return outputs.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure(
      'invalid',
      'file-malformed',
      `${path} is not what sst deploy writes: {"api": "https://…", "streams": {"exports": "https://…", …}}`,
      { cause },
    );
  }
};

/** Where the stage is: at a URL, where outputs say, or the npm run dev that is up. Fails when that is not clear. */
export const placeOf = async (
  given: string | undefined,
  flags: Options & Whereabouts,
): Promise<Place> => {
  if (given !== undefined && flags.outputs !== undefined)
    throw new Failure('invalid', 'place-ambiguous', 'give a URL or --outputs, not both');
  if (given !== undefined) return { api: given, streams: flags.streams };
  if (flags.outputs !== undefined) {
    const { api, streams } = await outputsIn(flags.outputs);
    return { api, streams: { ...streams, ...flags.streams } };
  }
  const running = runningHere(dataDirOf(flags));
  if (running !== undefined) return { api: running.urls.api, streams: flags.streams };
  throw new Failure(
    'missing',
    'place-missing',
    'give the URL of a stage, or --outputs .sst/outputs.json; npm run dev is not running here either',
  );
};
