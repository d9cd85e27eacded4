import { Command, InvalidArgumentError } from 'commander';
import { isPlain } from '@rookery/kernel/text';
import { holdShown, place, release, type Hold } from '@rookery/monitoring/retention/hold';
import { listHolds } from '@rookery/monitoring/retention/hold.sql';
import { answer, atPlace, command, type Answer, type Options } from '../command.ts';
import { refuseUnknownTenant } from '../known-tenant.ts';
import { operatorOf } from '../operator.ts';
import { table } from '../table.ts';

type Placing = Options & {
  readonly tenant: string;
  readonly table: string;
  readonly from: Date;
  readonly until?: Date;
  readonly reason: string;
};
type Releasing = Options & { readonly tenant: string; readonly reason: string };
type Listing = Options & { readonly tenant?: string; readonly all?: boolean };

const most = 1_000;

const textOption = (text: string): string => {
  if (text.trim() !== '' && text.length <= 2_000 && isPlain(text)) return text;
  throw new InvalidArgumentError('Write 1 to 2,000 characters, not only white space.');
};

const instantOption = (text: string): Date => {
  const instant = new Date(text);
  if (/^\d{4}-\d\d-\d\d(T.*(Z|[+-]\d\d:\d\d))?$/.test(text) && Number.isFinite(instant.getTime()))
    return instant;
  throw new InvalidArgumentError('Write a UTC day, or an instant with its zone: 2026-03-01.');
};

const numberOption = (text: string): number => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write the number that list shows.');
};

const day = (time: Date | null): string | null =>
  time === null ? null : time.toISOString().slice(0, 16).replace('T', ' ');

const holdTable = (holds: readonly Hold[]): string =>
  table(
    ['hold', 'tenant', 'table', 'from', 'until', 'reason', 'placed by', 'placed', 'released'],
    holds.map((hold) => [
      String(hold.id),
      hold.tenant_id,
      hold.table_name,
      day(hold.held_from),
      day(hold.held_until),
      hold.reason,
      hold.placed_by,
      day(hold.placed_at),
      day(hold.released_at),
    ]),
  );

const one = (hold: Hold, words: string): Answer => ({
  data: holdShown(hold),
  text: `${words}\n\n${holdTable([hold])}`,
  ok: true,
});

const placeCommand = command(
  'place',
  'Keep rows of a tenant, whatever the policies of retention say.',
  [
    'audit hold place --tenant t01 --table admin_audit_log --from 2026-01-01 --reason "case 26-117"',
    'audit hold place --tenant t01 --table tb_audit_event --from 2026-01-01 --until 2026-04-01 --reason "case 26-117"',
  ],
)
  .requiredOption('--tenant <id>', 'whose rows', textOption)
  .requiredOption('--table <name>', 'admin_audit_log, or a table of monitoring', textOption)
  .requiredOption('--from <instant>', 'the first instant that is held', instantOption)
  .option('--until <instant>', 'the first that is not (default: no end)', instantOption)
  .requiredOption('--reason <text>', 'why', textOption)
  .action((options: Placing) =>
    answer(options, () =>
      atPlace(options, ['ops'], async (at) => {
        const { tenant: tenantId, table: name, from, until = null, reason } = options;
        const wish = { table: name, from, until, reason };
        await refuseUnknownTenant(at, tenantId);
        const hold = await at
          .db('ops')
          .transaction((tx) => place(tx, { tenantId, editor: operatorOf('audit hold') }, wish), {
            tenantId,
          });
        return one(hold, `Held from now on; release it with audit hold release ${hold.id}.`);
      }),
    ),
  );

const releaseCommand = command('release', 'Release a hold; what no other one keeps ages again.', [
  'audit hold release 7 --tenant t01 --reason "settled"',
])
  .argument('<hold>', 'its number, as list shows it', numberOption)
  .requiredOption('--tenant <id>', 'whose rows it holds', textOption)
  .requiredOption('--reason <text>', 'why', textOption)
  .action((id: number, options: Releasing) =>
    answer(options, () =>
      atPlace(options, ['ops'], async (at) => {
        const { tenant: tenantId, reason } = options;
        const hold = await at
          .db('ops')
          .transaction(
            (tx) => release(tx, { tenantId, editor: operatorOf('audit hold') }, { id, reason }),
            {
              tenantId,
            },
          );
        return one(hold, 'Released.');
      }),
    ),
  );

const listCommand = command('list', 'Show legal holds, the newest first.', [
  'audit hold list',
  'audit hold list --tenant t01 --all --json',
])
  .option('--tenant <id>', 'one tenant (default: every tenant)', textOption)
  .option('--all', 'also those that were released')
  .action((options: Listing) =>
    answer(options, () =>
      atPlace(options, ['ops'], async (at) => {
        const { tenant: tenantId = null, all } = options;
        const inForce = all === true ? null : true;
        const ask = { tenantId, table: null, inForce, before: null, limit: most };
        const holds = await at.db('ops').query(listHolds, ask);
        const text = holds.length === 0 ? 'Nothing is held.' : holdTable(holds);
        return { data: { holds: holds.map(holdShown) }, text, ok: true };
      }),
    ),
  );

/** `audit hold`: what is kept whatever the policies of retention say. */
export const holdCommand = new Command('hold')
  .description('Place, list and release legal holds, on the compliance audit and on monitoring.')
  .addCommand(placeCommand)
  .addCommand(listCommand)
  .addCommand(releaseCommand);
