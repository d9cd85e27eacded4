import { contract } from '@rookery/source/contract';
import { readUsableTenants } from '@rookery/warehouse/changes/tenant';
import { readPosition } from '@rookery/warehouse/changes/position.sql';
import { examine, failed, ok, warn, type Check } from './check.ts';
import { server, sourceColumns, sourceIndexes } from './doctor.sql.ts';
import type { Place } from './place.ts';

// Without these the looks for changes and the aggregation scan whole tables.
const wantedIndexes = [
  ['emails', 'tenant_id, sent_at'],
  ['emails', 'updated_at'],
  ['emails', 'tenant_id, lead_id'],
  ['warmup_messages', 'tenant_id, sent_at'],
  ['warmup_messages', 'updated_at'],
] as const;
const watched = ['emails', 'warmup_messages'];
const seeContract = 'see docs/data-contract.md';

const contractChecks = async (place: Place): Promise<readonly Check[]> => {
  const source = place.db('source');
  const columns = await source.query(sourceColumns, {});
  const types = new Map(columns.map((one) => [`${one.relation}.${one.column}`, one.type]));
  const missing: string[] = [];
  const mistyped: string[] = [];
  for (const [relation, wanted] of Object.entries(contract)) {
    for (const [column, declared] of Object.entries(wanted)) {
      const type = types.get(`${relation}.${column}`);
      const expected = declared.replace('?', '');
      if (type === undefined) missing.push(`source.${relation}.${column} is missing`);
      else if (type !== expected)
        mistyped.push(`source.${relation}.${column} is ${type}, not ${expected}`);
    }
    if (watched.includes(relation) && !types.has(`${relation}.xmin`))
      missing.push(`source.${relation}.xmin is missing`);
  }
  const views = new Set(columns.filter((one) => one.is_view).map((one) => one.relation));
  const indexes = await source.query(sourceIndexes, {});
  const unindexed = wantedIndexes.filter(
    ([relation, start]) =>
      !views.has(relation) &&
      !indexes.some((one) => one.relation === relation && one.columns?.startsWith(start)),
  );
  const viewed = wantedIndexes.some(([relation]) => views.has(relation));
  return [
    missing.length > 0
      ? failed('contract', missing.join('; '), seeContract)
      : mistyped.length > 0
        ? warn('contract', mistyped.join('; '), seeContract)
        : ok('contract', 'every table and column is there'),
    unindexed.length > 0
      ? warn(
          'source indexes',
          `none on ${unindexed.map(([relation, start]) => `source.${relation} (${start})`).join(', ')}`,
          'looks for changes scan the whole table; create them',
        )
      : viewed
        ? ok('source indexes', 'the tables behind the views are not looked at')
        : ok('source indexes', 'all there'),
  ];
};

const positionChecks = async (place: Place): Promise<readonly Check[]> => {
  const [here] = await place.db('source').query(readPosition, {});
  if (here === undefined) return [failed('horizon', 'no answer', 'check that the source runs')];
  return [
    here.privileged
      ? ok('horizon', 'sees every open transaction (pg_read_all_stats)')
      : warn(
          'horizon',
          'sees no other transactions: changes are looked for 15 minutes back',
          'grant pg_read_all_stats to rookery_source',
        ),
    here.standby
      ? failed(
          'primary',
          'the source is a read replica',
          'point SOURCE_DATABASE_URL at the primary',
        )
      : ok('primary', 'the source is no replica'),
  ];
};

const tenantChecks = async (place: Place): Promise<readonly Check[]> => {
  const { good, problems } = await readUsableTenants(place.db('source'));
  return problems.length === 0
    ? [ok('tenants', `${good.length} can be worked on`)]
    : [warn('tenants', problems.join('; '), 'they are left out until this is corrected')];
};

/** What has to be right in the source. */
export const sourceChecks = async (place: Place): Promise<readonly Check[]> => {
  if (place.url('source') === undefined)
    return [failed('login source', 'SOURCE_DATABASE_URL is not set', 'set SOURCE_DATABASE_URL')];
  const login = await examine('login source', async () => {
    const [row] = await place.db('source').query(server, {});
    return [ok('login source', `answers, Postgres ${row?.version ?? 'unknown'}`)];
  });
  if (login.some(({ verdict }) => verdict === 'fail')) return login;
  return [
    ...login,
    ...(await examine('contract', () => contractChecks(place))),
    ...(await examine('horizon', () => positionChecks(place))),
    ...(await examine('tenants', () => tenantChecks(place))),
  ];
};
