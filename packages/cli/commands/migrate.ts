import { migrate, pendingMigrations } from '@rookery/db/migrate';
import { Failure } from '@rookery/kernel/failure';
import { answer, atPlace, command, type Options } from '../command.ts';
import type { Place } from '../place.ts';

const serverOf = ({ url, proxyPort }: Place) => {
  const admin = url('admin');
  if (admin === undefined)
    throw new Failure('invalid', 'config-invalid', 'MIGRATION_DATABASE_URL is not set');
  return { url: admin, proxyPort };
};

/** `migrate`: applies what is missing in one transaction, or lists it. */
export const migrateCommand = command('migrate', 'Apply the migrations that are missing.', [
  'migrate',
  'migrate --pending',
])
  .option('--pending', 'list what is missing, and apply nothing')
  .action((options: Options & { readonly pending?: boolean }) =>
    answer(options, (screen) =>
      atPlace(options, ['admin'], async (place) => {
        const server = serverOf(place);
        if (options.pending === true) {
          const pending = await pendingMigrations(server);
          const text = pending.length === 0 ? 'nothing is pending' : pending.join('\n');
          return { data: { pending }, text, ok: true };
        }
        const step = screen.step('migrating');
        const applied = (await migrate(server)).map(({ migrationName }) => migrationName);
        step.done();
        const text =
          applied.length === 0
            ? 'nothing to apply: the database is up to date'
            : `applied ${applied.join(', ')}`;
        return { data: { applied }, text, ok: true };
      }),
    ),
  );
