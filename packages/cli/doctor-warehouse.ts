import { isolationFaults } from '@rookery/db/isolation.sql';
import { pendingMigrations } from '@rookery/db/migrate';
import { addDays, dayAt } from '@rookery/kernel/day';
import { partitionsUntil } from '@rookery/warehouse/facts/partition.sql';
import { examine, failed, ok, warn, type Check } from './check.ts';
import { brokenIndexes, pendingWork, roleFaults, server } from './doctor.sql.ts';
import { variables, type Place, type Seat } from './place.ts';
import { many } from './table.ts';

const roles = ['rookery_etl', 'rookery_api', 'rookery_ingest', 'rookery_ops'];
const leastPostgres = 150_000;
const wantedDaysAhead = 60;
const mostSkewMs = 2_000;

/** Node's version: 22.12 runs TypeScript unbuilt, 24 is what Lambda has. */
export const nodeCheck = (version: string): Check => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 12))
    return failed('node', version, 'use npm run, which brings Node 24, or install it');
  return major === 24
    ? ok('node', version)
    : warn('node', version, 'Lambda runs Node 24: use npm run');
};

const serverChecks = async (place: Place, seat: Seat, name: string): Promise<readonly Check[]> => {
  const before = Date.now();
  const [row] = await place.db(seat).query(server, {});
  const between = (before + Date.now()) / 2;
  if (row === undefined) return [failed(name, 'no answer', 'check that it runs')];
  const skew = Math.abs(between - row.clock.getTime());
  return [
    row.version_num >= leastPostgres
      ? ok(`postgres (${name})`, row.version)
      : failed(`postgres (${name})`, row.version, 'version 15 or newer is needed'),
    skew < mostSkewMs
      ? ok(`clock (${name})`, `${Math.round(skew)} ms apart`)
      : failed(
          `clock (${name})`,
          `${(skew / 1_000).toFixed(1)} s apart`,
          'set both clocks by NTP: slots and closing times are compared with the database’s',
        ),
  ];
};

const loginCheck = async (place: Place, seat: Seat): Promise<readonly Check[]> => {
  const name = `login ${seat}`;
  if (place.url(seat) === undefined)
    return [failed(name, `${variables[seat]} is not set`, `set ${variables[seat]}`)];
  return examine(name, async () => {
    await place.db(seat).query(server, {});
    return [ok(name, 'answers')];
  });
};

const listed = (check: string, faults: readonly string[], good: string, advice: string): Check => {
  const [first, ...others] = faults;
  if (first === undefined) return ok(check, good);
  return failed(check, others.length === 0 ? first : `${first}; and ${others.length} more`, advice);
};

const migrationCheck = async (place: Place): Promise<readonly Check[]> => {
  const url = place.url('admin');
  if (url === undefined)
    return [warn('migrations', 'not checked', 'set MIGRATION_DATABASE_URL to have them checked')];
  return examine('migrations', async () => {
    const pending = await pendingMigrations({ url, proxyPort: place.proxyPort });
    return [
      listed(
        'migrations',
        pending.map((name) => `${name} is not applied`),
        'all applied',
        'npm run rookery -- migrate',
      ),
    ];
  });
};

const partitionCheck = async (place: Place): Promise<readonly Check[]> => {
  const [row] = await place.db('ops').query(partitionsUntil, {});
  const until = row?.until ?? null;
  const advice = 'fire the schedule partitions; aggregation also makes what it misses';
  if (until === null) return [failed('partitions', 'a table has none', advice)];
  const enough = until >= addDays(dayAt(new Date(), 'UTC'), wantedDaysAhead);
  return [
    enough ? ok('partitions', `until ${until}`) : warn('partitions', `only until ${until}`, advice),
  ];
};

const pendingCheck = async (place: Place): Promise<readonly Check[]> => {
  const [row] = await place.db('ops').query(pendingWork, {});
  if (row === undefined) return [failed('pending', 'no answer', 'check that it runs')];
  const waiting = `${many(row.days, 'day')} and ${many(row.leads, 'lead')} wait to be counted`;
  if (row.late === 0) return [ok('pending', waiting)];
  return [
    warn(
      'pending',
      `${waiting}, for over an hour of ${many(row.late, 'tenant')}`,
      'their freshness is behind: npm run rookery -- dlq ls; what is lost, the night counts',
    ),
  ];
};

/** What has to be right in the warehouse. */
export const warehouseChecks = async (place: Place): Promise<readonly Check[]> => {
  const logins = await Promise.all(
    (['etl', 'ops', 'api', 'ingest'] as const).map((seat) => loginCheck(place, seat)),
  );
  const migrations = await migrationCheck(place);
  if (place.url('ops') === undefined) return [...logins.flat(), ...migrations];
  const ops = place.db('ops');
  return [
    ...(await examine('postgres (warehouse)', () => serverChecks(place, 'ops', 'warehouse'))),
    ...logins.flat(),
    ...migrations,
    ...(await examine('roles', async () => [
      listed(
        'roles',
        (await ops.query(roleFaults, roles)).map(({ role, fault }) => `${role} ${fault}`),
        'all there',
        'npm run rookery -- migrate',
      ),
    ])),
    ...(await examine('isolation', async () => [
      listed(
        'isolation',
        await isolationFaults(ops),
        'forced row-level security on every table with a tenant, no grant on a partition',
        'one tenant may reach another’s rows: undo what was changed by hand',
      ),
    ])),
    ...(await examine('partitions', () => partitionCheck(place))),
    ...(await examine('pending', () => pendingCheck(place))),
    ...(await examine('indexes', async () => [
      listed(
        'indexes',
        (await ops.query(brokenIndexes, {})).map(({ index }) => `${index} is invalid`),
        'all valid',
        'reindex it',
      ),
    ])),
  ];
};
