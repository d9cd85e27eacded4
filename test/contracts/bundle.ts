import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './files.ts';

/** A function as it is deployed: its one file, its size gzipped, and what went into it. */
export type Bundle = {
  readonly handler: string;
  readonly file: string;
  /** Bytes, at level 9. */
  readonly gzipped: number;
  /** The files in it, relative to the checkout. */
  readonly inputs: readonly string[];
};

/**
 * Bundles handler files into a directory as SST does with the settings of infra/aws, on Node 24. Those depart from SST's own
 * in that names are not kept (`keepNames: false`): only jose's errors read the name of a class, for logs, where their `code`
 * stays; keeping names costs a read function 6.6 of its 120 KB (2026-11).
 */
export const bundle = async (
  handlers: readonly string[],
  outdir: string,
  absWorkingDir = root,
): Promise<Bundle[]> => {
  const { metafile } = await build({
    absWorkingDir,
    entryPoints: [...handlers],
    outdir,
    outbase: '.',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: ['sharp', 'pg-native'],
    metafile: true,
    logLevel: 'silent',
  });
  return Promise.all(
    Object.entries(metafile.outputs).map(async ([path, { entryPoint = path, inputs }]) => {
      const file = join(absWorkingDir, path);
      const gzipped = gzipSync(await readFile(file), { level: 9 }).length;
      const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
      return { handler: entryPoint, file, gzipped, inputs: used.map(([input]) => input) };
    }),
  );
};
