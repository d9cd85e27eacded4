import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'oxfmt';
import * as z from 'zod';
import { schemaText } from '@rookery/client/generate';
import { documentSchema } from '@rookery/db/document';
import { migrate } from '@rookery/db/migrate';
import { openDb } from '@rookery/db/pool';
import { errorPages } from '@rookery/http/error-pages';
import { openApiDocument } from '@rookery/http/openapi';
import { Failure } from '@rookery/kernel/failure';
import { docsPageText } from '@rookery/web/page';
import { root } from './command.ts';
import { eventsDocument } from './events-document.ts';
import type { Place } from './place.ts';

/** A generated file, relative to the checkout, and the whole text it must have. */
export type Document = { readonly file: string; readonly text: string };

/** The directory in which every file is generated: what else lies there is of a code that is gone. */
export const generatedDirectory = 'docs/errors';

/**
 * What is generated from the migrations alone: in a database of its own, whatever state the others are in.
 * Fails with `config-invalid` when the place has no administrator.
 */
export const schemaDocuments = async (place: Place): Promise<Document[]> => {
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
      const { schemaSql, dataDictionary } = await documentSchema(db);
      return [
        { file: 'packages/db/schema.sql', text: schemaSql },
        { file: 'docs/data-dictionary.md', text: dataDictionary },
      ];
    } finally {
      await db.close();
    }
  } finally {
    await admin.script(`drop database if exists ${name} with (force)`);
  }
};

const style = z.object({ printWidth: z.int(), singleQuote: z.boolean() });

// Written as `npm run fix` would, so that the style check has nothing to say.
const formatted = async (file: string, text: string): Promise<Document> => {
  const options = style.parse(JSON.parse(await readFile(join(root, '.oxfmtrc.json'), 'utf8')));
  const { code, errors } = await format(file, text, options);
  const [first] = errors;
  if (first !== undefined)
    throw new Failure('invalid', 'document-malformed', `${file}: ${first.message}`);
  return { file, text: code };
};

/** What is generated from the contract table, the table of errors and the sources of the documentation page. */
export const apiDocuments = async (): Promise<Document[]> => {
  const document = openApiDocument();
  const text = JSON.stringify(document, null, 2);
  const errors = Object.entries(errorPages()).map(([name, page]) => ({
    file: `${generatedDirectory}/${name}`,
    text: page,
  }));
  return [
    { file: 'packages/http/openapi.json', text: `${text}\n` },
    ...errors,
    eventsDocument(),
    await formatted('packages/client/schema.ts', await schemaText(text)),
    { file: 'packages/web/docs-page.json', text: await docsPageText() },
  ];
};
