import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './files.ts';

/**
 * The code of a function that is ours, by the file it comes from: what no way leads to from its handler is left
 * out.
 */
export type Carried = {
  readonly handler: string;
  readonly files: ReadonlyMap<string, string>;
};

// Above each piece of a file esbuild writes where it comes from.
const heading = /^\/\/ ((?:packages|functions)\/\S+\.ts)$/;

const filesOf = (text: string): ReadonlyMap<string, string> => {
  const lines = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of text.split('\n')) {
    const file = heading.exec(line)?.[1];
    if (file === undefined) current.push(line);
    else {
      current = lines.get(file) ?? [];
      lines.set(file, current);
    }
  }
  return new Map([...lines].map(([file, some]) => [file, some.join('\n')]));
};

/**
 * The code that handlers carry when they are deployed, readable: esbuild shakes off what a handler does not reach as
 * it does for test/contracts/bundle.ts, but minifies nothing and leaves packages of others outside. 62 functions take
 * a second (2026-11).
 */
export const carriedBy = async (
  handlers: readonly string[],
  absWorkingDir = root,
): Promise<Carried[]> => {
  const { outputFiles } = await build({
    absWorkingDir,
    entryPoints: [...handlers],
    outdir: 'out',
    outbase: '.',
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [
      {
        name: 'ours',
        setup: (bundling) => {
          bundling.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@rookery/')
              ? undefined
              : { path, external: true, sideEffects: false },
          );
        },
      },
    ],
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  return handlers.map((handler) => {
    const text = texts.get(join(absWorkingDir, 'out', handler.replace(/\.ts$/, '.js')));
    if (text === undefined) throw new Error(`${handler} became no bundle`);
    return { handler, files: filesOf(text) };
  });
};
