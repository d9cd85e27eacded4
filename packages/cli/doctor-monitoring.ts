import { examine, failed, ok, warn, type Check } from './check.ts';
import { streamPartitions, waitingMarks, watchBehind } from './doctor-monitoring.sql.ts';
import type { Place } from './place.ts';
import { many } from './table.ts';

type Ops = Pick<Place, 'db' | 'url'>;

// The schedule makes them two weeks ahead and more, every day.
const wantedDaysAhead = 5;
const msPerDay = 86_400_000;

const streamCheck = async (place: Ops): Promise<readonly Check[]> => {
  const [nearest] = await place.db('ops').query(streamPartitions, {});
  const advice = 'fire the schedule partitions; the ingest worker also makes what it misses';
  if (nearest === undefined || nearest.until === null)
    return [failed('streams', `${nearest?.stream ?? 'every stream'} has no partition`, advice)];
  const { stream, until } = nearest;
  const day = until.toISOString().slice(0, 10);
  return [
    until.getTime() >= Date.now() + wantedDaysAhead * msPerDay
      ? ok('streams', `partitions until ${day} at least`)
      : warn('streams', `${stream} has partitions only until ${day}`, advice),
  ];
};

const rollupCheck = async (place: Ops): Promise<readonly Check[]> => {
  const [row] = await place.db('ops').query(waitingMarks, {});
  if (row === undefined) return [failed('rollups', 'no answer', 'check that it runs')];
  const waiting = `${many(row.marks, 'mark')} to roll up`;
  if (row.late === 0) return [ok('rollups', waiting)];
  return [
    warn(
      'rollups',
      `${waiting}, for over half an hour of ${many(row.late, 'tenant')}`,
      'their figures are behind: see whether the schedule rollup runs, and what it logs',
    ),
  ];
};

const watchCheck = async (place: Ops): Promise<readonly Check[]> => {
  const [row] = await place.db('ops').query(watchBehind, {});
  if (row === undefined) return [failed('alerts', 'no answer', 'check that it runs')];
  const { rules, late_rules, late_notices, probes, late_probes } = row;
  const watched = `${many(rules, 'rule')} and ${many(probes, 'probe')} watch`;
  const late = [
    [late_rules, 'rule', 'not evaluated: see whether the schedule alerts runs, and what it logs'],
    [late_notices, 'notice', 'not sent: see whether the queue notify is worked off'],
    [late_probes, 'probe', 'not done: see whether the schedule probes runs, and its queue'],
  ] as const;
  const behind = late.filter(([count]) => count > 0);
  if (behind.length === 0) return [ok('alerts', watched)];
  return behind.map(([count, what, advice]) =>
    warn('alerts', `${watched}; ${many(count, what)} behind`, advice),
  );
};

/** What has to be right in the monitoring tier. */
export const monitoringChecks = async (place: Ops): Promise<readonly Check[]> => {
  if (place.url('ops') === undefined) return [];
  return [
    ...(await examine('streams', () => streamCheck(place))),
    ...(await examine('rollups', () => rollupCheck(place))),
    ...(await examine('alerts', () => watchCheck(place))),
  ];
};
