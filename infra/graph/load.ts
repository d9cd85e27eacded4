import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Esbuild from 'esbuild';
import type { Mutation } from './graph.ts';
import { platform, root, work } from './places.ts';

/** Loads what the platform itself loads: two instances of Pulumi would not know each other. */
export const need = createRequire(join(platform, 'package.json'));

const commonJs = `import { createRequire as cr } from "node:module"; import { fileURLToPath as fu } from "node:url";
const require = cr(import.meta.url), __filename = fu(import.meta.url), __dirname = fu(new URL(".", import.meta.url));`;

const outside = ['@pulumi', '@pulumiverse', '@sst-provider', '@aws-sdk'].map((name) => `${name}/*`);

const base: Esbuild.BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  logLevel: 'silent',
  external: [...outside, 'undici', 'esbuild', 'archiver', 'glob', 'vite'],
  nodePaths: [join(platform, 'node_modules'), join(root, 'node_modules')],
};

/** Bundles a text of TypeScript as the CLI bundles sst.config.ts, and imports it. */
export const load = async (
  contents: string,
  { before = '', ...options }: Esbuild.BuildOptions & { readonly before?: string } = {},
): Promise<Record<string, unknown>> => {
  const outfile = join(platform, `graph.${process.pid}.${Math.random().toString(36).slice(2)}.mjs`);
  const { build } = need('esbuild') as typeof Esbuild;
  await build({
    ...base,
    ...options,
    outfile,
    banner: { js: commonJs + before },
    stdin: { contents, resolveDir: root, loader: 'ts' },
  });
  try {
    return (await import(pathToFileURL(outfile).href)) as Record<string, unknown>;
  } finally {
    rmSync(outfile, { force: true });
  }
};

// The statements that the CLI puts before every file of a program: its globals.
const globals = (): string => {
  const lock = JSON.parse(readFileSync(join(work, 'provider-lock.json'), 'utf8')) as {
    alias: string;
    package: string;
  }[];
  const providers = lock.map(({ alias, package: from }) => `import * as ${alias} from "${from}";`);
  const sst = `import * as sst from ${JSON.stringify(join(platform, 'src/components'))};`;
  return `${providers.join('')}${sst}\n`;
};

const mutated = (path: string, text: string, mutations: readonly Mutation[]): string =>
  mutations
    .filter(({ file }) => join(root, file) === path)
    .reduce((before, { file, from, to }) => {
      if (!before.includes(from)) throw new Error(`${file} has no ${from} to change`);
      return before.replace(from, to);
    }, text);

/** Gives the program's own files their globals and their mutations, and names of SST that would be random stable ones. */
export const asTheCli = (mutations: readonly Mutation[]): Esbuild.Plugin => {
  const heading = globals();
  return {
    name: 'as-the-cli',
    setup: (build) => {
      build.onLoad({ filter: /components\/naming\.ts$/ }, ({ path }) => ({
        loader: 'ts',
        contents: readFileSync(path, 'utf8').replace(
          'crypto.randomBytes(8).toString("hex")',
          '"main"',
        ),
      }));
      build.onLoad({ filter: /\.[jt]sx?$/ }, ({ path }) => {
        const own = !path.startsWith(work) && !path.includes('node_modules');
        if (!own) return undefined;
        const text = mutated(path, readFileSync(path, 'utf8'), mutations);
        // Only what lies in infra/aws is written for the globals; packages/ are plain TypeScript.
        const wants =
          path.startsWith(join(root, 'infra/aws')) || path === join(root, 'sst.config.ts');
        return { loader: 'ts', contents: wants ? heading + text : text };
      });
    },
  };
};
