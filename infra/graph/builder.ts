import { createRequire } from 'node:module';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import type * as Esbuild from 'esbuild';
import type { Build } from './graph.ts';
import { platform, root, work } from './places.ts';

// What Function sends to SST's own process, as far as a build goes by it (sst: pkg/runtime/node/build.go).
type BuildInput = {
  readonly functionID: string;
  readonly handler: string;
  readonly runtime: string;
  readonly properties: {
    readonly format?: string;
    readonly minify?: boolean;
    readonly esbuild?: Readonly<Record<string, unknown>>;
  };
};

const need = createRequire(join(platform, 'package.json'));

const sourceOf = (handler: string): string | undefined =>
  ['.ts', '.mts', '.js', '.mjs']
    .map((suffix) => join(root, handler.slice(0, handler.lastIndexOf('.'))) + suffix)
    .find((file) => existsSync(file));

// The options that SST's builder gives to esbuild for these properties.
const bundleFile = (source: string, outfile: string, { properties }: BuildInput) => {
  const { build } = need('esbuild') as typeof Esbuild;
  const isCjs = properties.format === 'cjs';
  return build({
    keepNames: true,
    target: 'es2024',
    mainFields: isCjs ? ['main'] : ['module', 'main'],
    ...properties.esbuild,
    absWorkingDir: root,
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: isCjs ? 'cjs' : 'esm',
    minify: properties.minify === true,
    external: ['sharp', 'pg-native'],
    logLevel: 'silent',
  });
};

/**
 * Stands in for SST's builder of functions. `isBundling` builds each file with esbuild as SST does; without it a build only looks
 * whether the file is there and exports what is asked for, which takes no time.
 */
export const builder = (isBundling: boolean) => {
  const builds: Build[] = [];
  const build = async (input: BuildInput) => {
    const { functionID: functionId, handler, runtime } = input;
    const source = sourceOf(handler);
    if (source === undefined) return { errors: [`Handler not found: ${handler}`] };
    const name = handler.slice(handler.lastIndexOf('.') + 1);
    if (!new RegExp(`export const ${name}\\b`).test(readFileSync(source, 'utf8')))
      return { errors: [`${handler}: ${source} does not export ${name}`] };
    const out = join(work, isBundling ? 'graph' : 'graph-empty', functionId);
    mkdirSync(out, { recursive: true });
    const file = join(out, 'bundle.cjs');
    if (isBundling) await bundleFile(source, file, input);
    else writeFileSync(file, '');
    builds.push({
      functionId,
      handler,
      runtime,
      source: relative(root, source),
      file: isBundling ? file : undefined,
      gzipped: isBundling ? gzipSync(readFileSync(file), { level: 9 }).length : undefined,
    });
    return { handler: `bundle.${name}`, out, errors: [], sourcemaps: [] };
  };
  return { builds, build };
};
