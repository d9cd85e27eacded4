import { Command, InvalidArgumentError } from 'commander';
import { Failure } from '@rookery/kernel/failure';
import { plan, type Due } from '@rookery/monitoring/retention/look';
import { archivePlace } from '@rookery/monitoring/retention/place';
import { runAll, type Ran } from '@rookery/monitoring/retention/run';
import { verify, type Verdict } from '@rookery/monitoring/retention/verify';
import { join } from 'node:path';
import { answer, atPlace, command, dataDirOf, type Answer, type Options } from '../command.ts';
import { many, table } from '../table.ts';

type Flags = Options & {
  readonly tenant?: string;
  readonly now?: Date;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly search?: string;
};

const instantOption = (text: string): Date => {
  const instant = new Date(text);
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && Number.isFinite(instant.getTime()))
    return instant;
  throw new InvalidArgumentError('Write an instant with its zone, as 2026-03-01T00:00:00Z.');
};

const textOption = (text: string): string => {
  if (text.trim().length >= 3) return text;
  throw new InvalidArgumentError('Write at least three characters, or every row has them.');
};

const archiveOf = (options: Flags) =>
  archivePlace(process.env['ARCHIVE_PLACE'] ?? join(dataDirOf(options), 'archive'));

const dueTable = (due: readonly Due[]): string =>
  table(
    ['table', 'action', 'tenant', 'rows', 'oldest', 'held back because'],
    due.map((one) => [
      one.table_name,
      one.action,
      one.tenant_id,
      one.rows,
      one.oldest.toISOString().slice(0, 16),
      one.why ?? '',
    ]),
  );

const planAnswer = (due: readonly Due[]): Answer => ({
  data: { due },
  text:
    due.length === 0
      ? 'Nothing is due.'
      : `${dueTable(due)}\n\nretention run does it; what is held back waits for what the last column says.`,
  ok: true,
});

const ranAnswer = ({ dropped, units, keys, left }: Ran): Answer => {
  const gone = dropped.filter(({ why }) => why === null);
  const parts = [
    `${many(gone.length, 'partition')} dropped, ${many(units.length, 'unit')} done, ${many(keys, 'key')} destroyed.`,
  ];
  if (units.length > 0)
    parts.push(
      table(
        ['table', 'action', 'tenant', 'rows'],
        units.map((unit) => [unit.table, unit.action, unit.tenantId, unit.rows]),
      ),
    );
  for (const { partition, why } of dropped)
    if (why !== null) parts.push(`${partition} stays: ${why}`);
  if (left.length > 0) parts.push('Still there:', dueTable(left));
  parts.push('retention verify recounts it.');
  const ok = left.every(({ why }) => why !== null);
  return { data: { dropped, units, keys, left }, text: parts.join('\n\n'), ok };
};

const faultsOf = ({ overdue, early, broken, returned, found }: Verdict): string =>
  [
    overdue.length > 0 ? `${many(overdue.length, 'unit')} overdue` : '',
    early.length > 0 ? `${many(early.length, 'run')} too early (ledger ${early.join(', ')})` : '',
    broken.length > 0 ? `${many(broken.length, 'archived object')} not as written` : '',
    returned.length > 0 ? `${many(returned.length, 'thing')} there again` : '',
    found.length > 0 ? `the text found in ${many(found.length, 'place')}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');

const verdictAnswer = (verdict: Verdict, search: string | null): Answer => {
  const { ok, objects, overdue, held, broken, returned, found } = verdict;
  const nowhere = search === null ? '' : ' The text is in no table of monitoring and in no object.';
  const parts = [
    ok
      ? `Nothing is overdue, nothing went early, and ${many(objects, 'archived object')} read back as written.${nowhere}`
      : `Not as it should be: ${faultsOf(verdict)}.`,
  ];
  if (overdue.length > 0) parts.push(dueTable(overdue), 'retention run does them.');
  if (held.length > 0) parts.push('Held back:', dueTable(held));
  if (broken.length > 0) parts.push(broken.join('\n'));
  if (returned.length > 0) parts.push(`There again:\n${returned.join('\n')}`);
  if (found.length > 0)
    parts.push(
      table(
        ['found in', 'rows'],
        found.map(({ place, rows }) => [place, rows]),
      ),
    );
  return { data: verdict, text: parts.join('\n\n'), ok };
};

const withFlags = (name: string, summary: string, examples: readonly string[]) =>
  command(name, summary, examples).option(
    '--now <instant>',
    'as if it were this instant (default: the clock)',
    instantOption,
  );

const planCommand = withFlags(
  'plan',
  'Show what is due, and what holds rows back; change nothing.',
  ['retention plan', 'retention plan --now 2027-01-01T00:00:00Z --json'],
)
  .option('--tenant <id>', 'one tenant (default: every tenant)')
  .action((options: Flags) =>
    answer(options, () =>
      atPlace(options, ['ops'], async (place) =>
        planAnswer(await plan(place.db('ops'), options.now ?? new Date(), options.tenant ?? null)),
      ),
    ),
  );

// Rows that a clock of the future deletes are gone in the present, too.
const slotOf = ({ now, force, dryRun }: Flags): Date => {
  const clock = new Date();
  if (now === undefined) return clock;
  if (now > clock && force !== true && dryRun !== true)
    throw new Failure(
      'invalid',
      'retention-in-the-future',
      `--now ${now.toISOString()} has not come yet: rows that are not due would be lost; look with --dry-run, or insist with --force`,
    );
  return now;
};

const runCommand = withFlags('run', 'Do all that is due, here and now.', [
  'retention run',
  'retention run --dry-run',
  'retention run --tenant heron-analytics',
])
  .option('--tenant <id>', 'one tenant (default: every tenant, and partitions)')
  .option('--dry-run', 'show what would be done, as plan does')
  .option('--force', 'also with a --now that has not come yet')
  .action((options: Flags) =>
    answer(options, (screen) =>
      atPlace(options, ['ops'], async (place) => {
        const slot = slotOf(options);
        const db = place.db('ops');
        const tenantId = options.tenant ?? null;
        if (options.dryRun === true) return planAnswer(await plan(db, slot, tenantId));
        const step = screen.step('looking for what is due');
        const ran = await runAll({ db, place: archiveOf(options) }, slot, tenantId, (unit) => {
          step.update(`${unit.action} ${unit.table} of ${unit.tenantId}`);
        });
        step.done();
        return ranAnswer(ran);
      }),
    ),
  );

const verifyCommand = withFlags(
  'verify',
  'Recount: nothing overdue is left, nothing went early, and the archive holds what was archived.',
  ['retention verify', 'retention verify --search ann@example.com', 'retention verify --json'],
)
  .option('--search <text>', 'also look for a text in every table and archived object', textOption)
  .action((options: Flags) =>
    answer(options, (screen) =>
      atPlace(options, ['ops'], async (place) => {
        const search = options.search ?? null;
        const now = options.now ?? new Date();
        const step = screen.step('recounting, and reading the archive back');
        const recount = { db: place.db('ops'), place: archiveOf(options), now, search };
        const verdict = await verify(recount);
        step.done();
        return verdictAnswer(verdict, search);
      }),
    ),
  );

/** `retention`: shows, does and verifies what the policies of retention say. */
export const retentionCommand = new Command('retention')
  .description('How long monitoring rows are kept: show what is due, do it, verify what was done.')
  .addCommand(planCommand)
  .addCommand(runCommand)
  .addCommand(verifyCommand);
