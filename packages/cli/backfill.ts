import type { Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { beginRun, finishRun } from '@rookery/warehouse/changes/ledger.sql';
import { cellsBetween, dayAfter, locate } from '@rookery/warehouse/changes/look';
import { readUsableTenants } from '@rookery/warehouse/changes/tenant';
import { packCells, type SizedCell } from '@rookery/warehouse/changes/message';
import { firstDay } from '@rookery/warehouse/facts/local-day.sql';
import type { Place } from './place.ts';
import { backfillBegan, cellsSince } from './progress.sql.ts';
import type { Screen } from './screen.ts';
import { many, shown } from './table.ts';
import type { Workforce } from './work.ts';

/** Which cells: of one tenant or of all, in `[from, to)`. */
export type Scope = {
  readonly tenant?: string;
  readonly from?: Day;
  readonly to?: Day;
};

/** What a backfill did. `skipped` cells had been replaced since it began, by the run that was cut short. */
export type Backfilled = {
  readonly where: Workforce['where'];
  readonly resumed: boolean;
  readonly cells: number;
  readonly skipped: number;
  readonly messages: number;
};

/** The cells of a scope: those with e-mails or warm-ups now, and those the warehouse holds from before. */
export const cellsOf = async (place: Place, { tenant, from, to }: Scope): Promise<SizedCell[]> => {
  const source = place.db('source');
  const { good, problems } = await readUsableTenants(source);
  const wanted = good.filter(({ tenant_id: id }) => tenant === undefined || id === tenant);
  if (wanted.length === 0) {
    const why = problems.length > 0 ? `: ${problems.join('; ')}` : '';
    throw new Failure(
      'missing',
      'tenant-unknown',
      tenant === undefined
        ? `no tenant of source.tenants can be worked on${why}`
        : `tenant "${tenant}" is not in source.tenants${why}`,
    );
  }
  const tomorrow = dayAfter(new Date());
  const end = to === undefined || to > tomorrow ? tomorrow : to;
  // Days before firstDay carry broken stamps: looks leave them out and reconciliations do not count them.
  const begin = from === undefined || from < firstDay ? firstDay : from;
  return cellsBetween({ source, warehouse: place.db('ops') }, wanted, begin, end);
};

// The scope is the name of the run: the same command again finds its own unfinished run.
const jobOf = ({ tenant, from, to }: Scope): string =>
  `backfill ${tenant ?? '(all)'} ${from ?? 'start'} ${to ?? 'end'}`;

/** Replaces every cell of a scope. Cut short, it goes on where it stopped when `resume` is true. */
export const backfill = async (
  place: Place,
  scope: Scope,
  { resume, workforce, screen }: { resume: boolean; workforce: Workforce; screen: Screen },
): Promise<Backfilled> => {
  // A warehouse that never looked at this source would refuse its cells.
  await locate({ source: place.db('source'), warehouse: place.db('ops') });
  const ops = place.db('ops');
  const job = jobOf(scope);
  const [run] = await ops.query(backfillBegan, { job, resume });
  if (run === undefined)
    throw new Failure('unavailable', 'warehouse-silent', 'the warehouse did not answer');
  const slot = { job, scheduledTime: run.began };
  const all = await cellsOf(place, scope);
  const since = await ops.query(cellsSince, { since: run.began });
  const done = new Set(since.map((cell) => `${cell.tenant_id} ${cell.day}`));
  const left = all.filter((cell) => !done.has(`${cell.tenantId} ${cell.day}`));
  if (run.resumed)
    screen.say(
      `resuming the backfill begun ${run.began.toISOString()}, ${many(all.length - left.length, 'cell')} are done; --restart begins anew`,
    );
  await ops.query(beginRun, slot);
  const messages = packCells(left, 'backfill');
  const step = screen.step(`backfilling ${many(left.length, 'cell')}`);
  let count = 0;
  await workforce.take(messages, (days) => {
    count += days;
    step.update(
      `${shown(count)} of ${many(left.length, 'cell')}`,
      count / Math.max(1, left.length),
    );
  });
  step.done();
  const sum = { cells: left.length, messages: messages.length };
  await ops.query(finishRun, { ...slot, ...sum, problems: [] });
  return {
    where: workforce.where,
    resumed: run.resumed,
    ...sum,
    skipped: all.length - left.length,
  };
};
