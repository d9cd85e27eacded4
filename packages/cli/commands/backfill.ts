import { Failure } from '@rookery/kernel/failure';
import type { SizedCell } from '@rookery/warehouse/changes/message';
import { backfill, cellsOf, type Scope } from '../backfill.ts';
import { answer, atPlace, command, dayOption, type Answer, type Options } from '../command.ts';
import { many, table } from '../table.ts';
import { workforceOf } from '../work.ts';

type Flags = Options &
  Scope & {
    readonly all?: boolean;
    readonly dryRun?: boolean;
    readonly here?: boolean;
    readonly restart?: boolean;
  };

const checkScope = ({ tenant, all, from, to }: Flags): void => {
  if ((tenant === undefined) === (all !== true))
    throw new Failure('invalid', 'scope-unclear', 'give either --tenant <id> or --all');
  if (from !== undefined && to !== undefined && from >= to)
    throw new Failure('invalid', 'range-empty', `--to ${to} must be later than --from ${from}`);
};

const preview = (cells: readonly SizedCell[]): Answer => {
  const sums = new Map<string, { tenant: string; cells: number; mails: number }>();
  for (const { tenantId: tenant, emails } of cells) {
    const sum = sums.get(tenant) ?? { tenant, cells: 0, mails: 0 };
    sums.set(tenant, { tenant, cells: sum.cells + 1, mails: sum.mails + emails });
  }
  const tenants = [...sums.values()];
  const mails = tenants.reduce((total, one) => total + one.mails, 0);
  const text = table(
    ['tenant', 'cells', 'e-mails and warm-ups'],
    tenants.map((one) => Object.values(one)),
    ['total', cells.length, mails],
  );
  return { data: { dry_run: true, tenants, cells: cells.length, mails }, text, ok: true };
};

/** `backfill`: replaces cells whether they changed or not. */
export const backfillCommand = command(
  'backfill',
  'Replace the cells of a tenant, or of all, whether they changed or not. Cut short, the same command again goes on where it stopped.',
  [
    'backfill --tenant heron-analytics --from 2026-03-01 --to 2026-04-01',
    'backfill --all --dry-run',
    'backfill --all --here',
  ],
)
  .option('--tenant <id>', 'one tenant')
  .option('--all', 'every tenant')
  .option('--from <day>', 'first day, in the tenant’s zone (default: the first one)', dayOption)
  .option('--to <day>', 'the day after the last (default: after today)', dayOption)
  .option('--dry-run', 'show what would be replaced, and replace nothing')
  .option('--here', 'work it off in this process even when there is a queue')
  .option('--restart', 'begin anew what was cut short, instead of going on')
  .action((options: Flags) =>
    answer(options, async (screen) => {
      checkScope(options);
      return atPlace(options, ['source', 'etl', 'ops'], async (place) => {
        if (options.dryRun === true) return preview(await cellsOf(place, options));
        const workforce = workforceOf(place, options.here === true);
        const resume = options.restart !== true;
        const done = await backfill(place, options, { resume, workforce, screen });
        const verb = done.where === 'queue' ? 'queued' : 'replaced';
        const text = `${verb} ${many(done.cells, 'cell')} in ${many(done.messages, 'message')}`;
        return { data: { dry_run: false, ...done }, text, ok: true };
      });
    }),
  );
