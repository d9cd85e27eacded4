import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { documentSchema } from '@rookery/db/document';
import { migrate } from '@rookery/db/migrate';
import { openDb } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { answer, atPlace, command, root, type Options } from '../command.ts';
import type { Place } from '../place.ts';

// From the migrations alone: a database of its own, whatever state the others are in.
const generate = async (place: Place) => {
  const url = place.url('admin');
  if (url === undefined)
    throw new Failure('invalid', 'config-invalid', 'MIGRATION_DATABASE_URL is not set');
  const admin = place.db('admin');
  const name = `rookery_docs_${randomBytes(4).toString('hex')}`;
  const fresh = new URL(url);
  fresh.pathname = `/${name}`;
  await admin.script(`create database ${name}`);
  try {
    const server = { url: fresh.href, proxyPort: place.proxyPort };
    await migrate(server);
    const db = openDb({ ...server, max: 1 });
    try {
      return await documentSchema(db);
    } finally {
      await db.close();
    }
  } finally {
    await admin.script(`drop database if exists ${name} with (force)`);
  }
};

/** `docs`: generates what is generated from the migrations. */
export const docsCommand = command(
  'docs',
  'Write packages/db/schema.sql and docs/data-dictionary.md from the migrations.',
  ['docs', 'docs --check'],
)
  .option('--check', 'write nothing; fail when a file is not what would be written')
  .action((options: Options & { readonly check?: boolean }) =>
    answer(options, (screen) =>
      atPlace(options, ['admin'], async (place) => {
        const step = screen.step('reading the schema');
        const { schemaSql, dataDictionary } = await generate(place);
        step.done();
        const files = [
          { file: 'packages/db/schema.sql', text: schemaSql },
          { file: 'docs/data-dictionary.md', text: dataDictionary },
        ];
        const changed: string[] = [];
        for (const { file, text } of files) {
          const before = await readFile(join(root, file), 'utf8').catch(() => undefined);
          if (before === text) continue;
          changed.push(file);
          if (options.check !== true) await writeFile(join(root, file), text);
        }
        const verb = options.check === true ? 'differs from the migrations' : 'written';
        const hint = options.check === true && changed.length > 0 ? '\nrun npm run docs' : '';
        const text =
          changed.length === 0
            ? 'the documents are up to date'
            : `${changed.map((file) => `${file} ${verb}`).join('\n')}${hint}`;
        return { data: { changed }, text, ok: options.check !== true || changed.length === 0 };
      }),
    ),
  );
