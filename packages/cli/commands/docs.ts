import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { answer, atPlace, command, root, type Options } from '../command.ts';
import { apiDocuments, generatedDirectory, schemaDocuments, type Document } from '../documents.ts';

const isFile = ({ file, text }: Document): Promise<boolean> =>
  readFile(join(root, file), 'utf8').then(
    (before) => before === text,
    () => false,
  );

const write = async ({ file, text }: Document): Promise<void> => {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
};

const leftOver = async (documents: readonly Document[]): Promise<string[]> => {
  const names = await readdir(join(root, generatedDirectory)).catch(() => []);
  const files = names.map((name) => `${generatedDirectory}/${name}`);
  return files.filter((path) => !documents.some(({ file }) => file === path)).toSorted();
};

/** `docs`: generates what is generated, from the migrations and from the contract table. */
export const docsCommand = command(
  'docs',
  'Write what is generated: the schema, the data dictionary, openapi.json, the error pages, the types of the client and the documentation page.',
  ['docs', 'docs --check'],
)
  .option('--check', 'write nothing; fail when a file is not what would be written')
  .action((options: Options & { readonly check?: boolean }) =>
    answer(options, (screen) =>
      atPlace(options, ['admin'], async (place) => {
        const step = screen.step('generating the documents');
        const documents = [...(await schemaDocuments(place)), ...(await apiDocuments())];
        step.done();
        const changed: string[] = [];
        for (const document of documents) {
          if (await isFile(document)) continue;
          changed.push(document.file);
          if (options.check !== true) await write(document);
        }
        const removed = await leftOver(documents);
        if (options.check !== true) for (const file of removed) await rm(join(root, file));
        const isCheck = options.check === true;
        const lines = [
          ...changed.map(
            (file) => `${file} ${isCheck ? 'is not what would be written' : 'written'}`,
          ),
          ...removed.map((file) => `${file} ${isCheck ? 'is of nothing any more' : 'removed'}`),
        ];
        const upToDate = lines.length === 0;
        const hint = isCheck && !upToDate ? ['run npm run docs'] : [];
        return {
          data: { changed: [...changed, ...removed] },
          text: upToDate ? 'the documents are up to date' : [...lines, ...hint].join('\n'),
          ok: !isCheck || upToDate,
        };
      }),
    ),
  );
