import { Failure } from '@rookery/kernel/failure';
import { importCsv } from '@rookery/source/import';
import { installContract } from '@rookery/source/install';
import { answer, atPlace, command, type Options } from '../command.ts';
import { shown } from '../table.ts';

type Files = { readonly emails?: string; readonly tenants?: string };

/** `import`: tenants and e-mails from CSV files into the source, all or nothing. */
export const importCommand = command(
  'import',
  'Import tenants and e-mails from CSV files (.csv or .csv.gz) into the source: all of it or nothing.',
  ['import --emails emails.csv.gz --tenants tenants.csv', 'import --emails emails.csv --json'],
)
  .option('--emails <csv>', 'e-mails; the columns are those of docs/data-contract.md')
  .option('--tenants <csv>', 'tenants; needed before or with their e-mails')
  .action((options: Options & Files) =>
    answer(options, (screen) =>
      atPlace(options, ['admin'], async (place) => {
        const { emails, tenants } = options;
        if (emails === undefined && tenants === undefined)
          throw new Failure('invalid', 'nothing-to-import', 'give --emails, --tenants or both');
        const admin = place.db('admin');
        // A source of one's own has its views; the laptop's tables may not be there yet.
        if (place.from !== 'environment') await installContract(admin);
        const step = screen.step('importing');
        const done = await importCsv(admin, {
          emails,
          tenants,
          onProgress: ({ table, rows, share }) => {
            step.update(`importing ${table}, ${shown(rows)}`, share);
          },
        });
        step.done(`read ${shown(done.tenants)} tenants and ${shown(done.emails)} e-mails`);
        for (const odd of done.oddities) screen.warn(odd);
        const more = done.odd - done.oddities.length;
        if (more > 0) screen.warn(`and ${shown(more)} more like these`);
        const text =
          done.changed === 0
            ? 'nothing is new: everything was there already'
            : `${shown(done.changed)} rows are new or changed; the next look for changes finds them`;
        return { data: done, text, ok: true };
      }),
    ),
  );
