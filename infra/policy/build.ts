import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { deps, root, work } from '../graph/places.ts';

// A bundle of CommonJS has no import.meta: what files ask of it is where they lie.
const whereFilesLie: Plugin = {
  name: 'where-files-lie',
  setup: (bundler) => {
    bundler.onLoad({ filter: /\/(infra|packages)\/.*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replaceAll(
        'import.meta.dirname',
        JSON.stringify(dirname(path)),
      ),
    }));
  },
};

/**
 * Makes the policy pack of infra/rules, and gives its folder: for `sst deploy --policy`. Pulumi starts it with whichever Node there
 * is and knows nothing of TypeScript or workspaces, so it is one file of CommonJS.
 */
export const buildPolicyPack = async ({ folder = join(work, 'policy') } = {}): Promise<string> => {
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [join(root, 'infra/policy/main.ts')],
    absWorkingDir: root,
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['@pulumi/*'],
    plugins: [whereFilesLie],
    logLevel: 'silent',
  });
  // Pulumi takes the entry and the version from here; the rest of PulumiPolicy.yaml is for its registry.
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'rookery-policy', version: '1.0.0', main: 'index.js' }),
  );
  writeFileSync(join(folder, 'PulumiPolicy.yaml'), 'runtime: nodejs\n');
  rmSync(join(folder, 'node_modules'), { force: true });
  symlinkSync(join(deps, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};
