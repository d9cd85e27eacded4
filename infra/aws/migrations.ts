import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployment } from '../topology.ts';
import { makeFunction, type Ground } from './functions.ts';

const folder = 'packages/db/migrations';

const hash = (texts: readonly string[]): string => {
  const sum = createHash('sha256');
  for (const text of texts) sum.update(text).update('\0');
  return sum.digest('hex');
};

const hashOfFolder = (): string => {
  const path = join($cli.paths.root, folder);
  const files = readdirSync(path).toSorted();
  return hash(files.flatMap((file) => [file, readFileSync(join(path, file), 'utf8')]));
};

/**
 * Migrates the warehouse when the folder of migrations or a login has changed, and then only. Gives the name of the last
 * migration; a deployment whose migration fails goes no further, and what runs goes on as it did.
 */
export const migrateWarehouse = (ground: Ground, logins: readonly $util.Input<string>[]) => {
  const migrate = makeFunction(deployment.function, ground, {
    copyFiles: [{ from: folder, to: 'migrations' }],
  });
  const migrations = hashOfFolder();
  const { result } = new aws.lambda.Invocation('Migration', {
    functionName: migrate.name,
    input: JSON.stringify({ migrations }),
    triggers: { migrations, logins: $util.all([...logins]).apply(hash) },
  });
  return result.apply((text) => (JSON.parse(text) as { readonly schema: string }).schema);
};
