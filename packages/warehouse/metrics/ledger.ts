import type { Session } from '@rookery/db/pool';
import { completeThroughOf, lastRuns, periodEmails } from './ledger.sql.ts';
import { arraysOf, type MetricSample, type MetricSource, type Placed } from './want.ts';

const placed = (wants: Parameters<MetricSource['read']>[1]): readonly Placed[] =>
  wants.map((want, place) => ({ ...want, place }));

const seconds = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1_000;

/** How much of the billing period of a tenant is used, with one statement. */
export const periods: MetricSource = {
  name: 'periods',
  answers: (metric) => metric === 'tenant.emails_sent_period',
  read: async (warehouse, wants) => {
    const rows = await warehouse.query(periodEmails, arraysOf(placed(wants)));
    return rows.flatMap(({ wants: places, emails_sent }) =>
      places.flatMap((place) => {
        const want = wants[place];
        return want === undefined
          ? []
          : [{ want: place, labels: {}, at: want.slot, value: emails_sent, samples: emails_sent }];
      }),
    );
  },
};

// Jobs belong to the platform: no other tenant hears of them.
const jobSamples = async (
  warehouse: Session,
  wants: readonly Placed[],
): Promise<MetricSample[]> => {
  const ours = wants.filter(
    ({ metric, tenantId }) => metric === 'job.lag' && tenantId === 'platform',
  );
  if (ours.length === 0) return [];
  const rows = await warehouse.query(lastRuns, arraysOf(ours));
  return rows.flatMap(({ place, job, scheduled_time }) => {
    const want = wants[place];
    if (want === undefined) return [];
    const value = seconds(scheduled_time, want.slot);
    return [{ want: place, labels: { job }, at: want.slot, value, samples: 1 }];
  });
};

// A look that ended just after the slot leaves no delay at it; of slots further back nobody knows any more.
const slackSeconds = 300;

const lagSamples = async (
  warehouse: Session,
  wants: readonly Placed[],
): Promise<MetricSample[]> => {
  const ours = wants.filter(({ metric }) => metric === 'tenant.lag');
  if (ours.length === 0) return [];
  const tenants = [...new Set(ours.map(({ tenantId }) => tenantId))].toSorted();
  const rows = await warehouse.query(completeThroughOf, { tenants });
  const through = new Map(rows.map((row) => [row.tenant_id, row.complete_through]));
  return ours.flatMap(({ place, tenantId, slot }) => {
    const until = through.get(tenantId);
    const lag = until === undefined ? -Infinity : seconds(until, slot);
    if (lag < -slackSeconds) return [];
    return [{ want: place, labels: {}, at: slot, value: Math.max(0, lag), samples: 1 }];
  });
};

/** How far behind the jobs and the facts of each tenant are, with two statements. */
export const runs: MetricSource = {
  name: 'runs',
  answers: (metric) => metric === 'job.lag' || metric === 'tenant.lag',
  read: async (warehouse, wants) => {
    const all = placed(wants);
    return [...(await jobSamples(warehouse, all)), ...(await lagSamples(warehouse, all))];
  },
};
