import { addDays, dayAt, parseDay, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { readUsableTenants } from '@rookery/warehouse/changes/tenant';
import { compare, mend, type Comparison } from '@rookery/warehouse/reconcile/reconcile';
import { answer, atPlace, command, dayOption, type Answer, type Options } from '../command.ts';
import type { Place } from '../place.ts';
import type { Screen } from '../screen.ts';
import { shown, table } from '../table.ts';
import { workforceOf } from '../work.ts';

type Flags = Options & {
  readonly tenant?: string;
  readonly from?: Day;
  readonly to?: Day;
  readonly mend?: boolean;
};

const differencesShown = 20;

const rangeOf = ({ from, to }: Flags) => ({
  from: from ?? parseDay('1970-01-01'),
  to: to ?? addDays(dayAt(new Date(), 'Pacific/Kiritimati'), 1),
});

const booksOf = (place: Place) => ({ source: place.db('source'), warehouse: place.db('etl') });

const tenantsOf = async (place: Place, { tenant }: Flags) => {
  const { good, problems } = await readUsableTenants(place.db('source'));
  const wanted = good
    .map((one) => one.tenant_id)
    .filter((id) => tenant === undefined || id === tenant);
  if (tenant !== undefined && wanted.length === 0)
    throw new Failure(
      'missing',
      'tenant-unknown',
      [`tenant "${tenant}" is not in source.tenants`, ...problems].join(': '),
    );
  return { wanted, problems: tenant === undefined ? problems : [] };
};

const compareAll = async (
  place: Place,
  screen: Screen,
  tenants: readonly string[],
  flags: Flags,
): Promise<Comparison[]> => {
  const step = screen.step('counting the source afresh');
  const found: Comparison[] = [];
  for (const tenant of tenants) {
    step.update(`comparing ${tenant}`, found.length / tenants.length);
    found.push(await compare(booksOf(place), tenant, rangeOf(flags)));
  }
  step.done();
  return found;
};

const mendAll = async (
  place: Place,
  screen: Screen,
  found: readonly Comparison[],
): Promise<'queue' | 'here'> => {
  const workforce = workforceOf(place, false);
  const step = screen.step('mending');
  for (const comparison of found)
    await workforce.take(await mend(booksOf(place), comparison), () => {
      step.update(`mending ${comparison.tenantId}`);
    });
  step.done();
  return workforce.where;
};

const answerOf = (
  found: readonly Comparison[],
  problems: readonly string[],
  mended: string | null,
): Answer => {
  const sum = (key: 'cells' | 'behind' | 'drift'): number =>
    found.reduce((total, one) => total + one[key], 0);
  const differences = found.flatMap(({ tenantId, differences }) =>
    differences.map((difference) => ({ tenant_id: tenantId, ...difference })),
  );
  const tenants = found.map(({ tenantId, cells, behind, drift }) => ({
    tenant_id: tenantId,
    cells,
    behind,
    drift,
  }));
  const totals = { cells: sum('cells'), behind: sum('behind'), drift: sum('drift') };
  const parts = [
    table(
      ['tenant', 'cells', 'behind', 'drift'],
      tenants.map((one) => Object.values(one)),
      ['total', totals.cells, totals.behind, totals.drift],
    ),
  ];
  if (differences.length > 0)
    parts.push(
      'Counters are sent.delivered.opened.clicked.replied.bounced.unsubscribed.complaints, and # a checksum of the rows:',
      table(
        ['tenant', 'fact', 'day or campaign', 'source', 'warehouse', ''],
        differences
          .slice(0, differencesShown)
          .map((one) => [
            one.tenant_id,
            one.subject,
            one.day ?? one.campaign_id,
            one.expected,
            one.found,
            one.behind ? 'behind' : 'drift',
          ]),
      ),
    );
  if (differences.length > differencesShown)
    parts.push(`and ${shown(differences.length - differencesShown)} more; --json shows all`);
  if (totals.drift > 0 && mended === null) parts.push('--mend replaces the cells that differ.');
  if (mended === 'queue') parts.push('What mends it is queued: reconcile again in a while.');
  return {
    data: { ...totals, mended, problems, tenants, differences },
    text: parts.join('\n\n'),
    ok: totals.drift === 0 && problems.length === 0,
  };
};

/** `reconcile`: counts the source afresh and compares every fact with it. */
export const reconcileCommand = command(
  'reconcile',
  'Count the source afresh and compare every fact with it. What differs because its source changed just now is behind; any other difference is drift.',
  [
    'reconcile',
    'reconcile --tenant heron-analytics --from 2026-03-01 --to 2026-04-01',
    'reconcile --mend',
  ],
)
  .option('--tenant <id>', 'one tenant (default: every tenant)')
  .option('--from <day>', 'first day, in the tenant’s zone', dayOption)
  .option('--to <day>', 'the day after the last', dayOption)
  .option('--mend', 'replace the cells that differ: by the queue when there is one, else here')
  .action((options: Flags) =>
    answer(options, (screen) =>
      atPlace(options, ['source', 'etl'], async (place) => {
        const { wanted, problems } = await tenantsOf(place, options);
        for (const problem of problems) screen.warn(problem);
        const found = await compareAll(place, screen, wanted, options);
        const differs = found.filter(({ differences }) => differences.length > 0);
        if (options.mend !== true || differs.length === 0) return answerOf(found, problems, null);
        const where = await mendAll(place, screen, differs);
        // Worked off here it can be proved at once; on the queue it takes its time.
        const now = where === 'here' ? await compareAll(place, screen, wanted, options) : found;
        return answerOf(now, problems, where);
      }),
    ),
  );
