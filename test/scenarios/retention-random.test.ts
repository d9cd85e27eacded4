import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAll } from '@rookery/monitoring/retention/run';
import { verify } from '@rookery/monitoring/retention/verify';
import { depth } from '../world/depth.ts';
import { now, openRoom, stage, type Room } from './retention-room.ts';

let room: Room;
beforeAll(async () => {
  room = await openRoom();
  await stage(room);
}, 60_000);
afterAll(() => room.close());

const tenants = ['a', 'b'] as const;
const tables = ['tb_health_check_log', 'tb_alert', 'tb_audit_event_archive'] as const;
type Table = (typeof tables)[number];
const days: Readonly<Record<Table, number>> = {
  tb_health_check_log: 30,
  tb_alert: 90,
  tb_audit_event_archive: 2557,
};
const categories = ['legal-hold', 'security', 'operational', 'none'] as const;
const daysOfCategory = { 'legal-hold': Infinity, security: 1096, operational: 366, none: 0 };

const table = fc.constantFrom(...tables);
const tenant = fc.constantFrom(...tenants);
const minute = 60_000;
const dayMinutes = 24 * 60;
// Around every limit there is, to the minute.
const age = fc
  .tuple(fc.constantFrom(20, 30, 45, 60, 90, 366, 800, 1096, 2557), fc.integer({ min: -2, max: 2 }))
  .map(([limit, off]) => limit * dayMinutes + off);

const world = fc.record({
  rows: fc.array(
    fc.record({
      table,
      tenant,
      age,
      open: fc.boolean(),
      category: fc.constantFrom(...categories),
    }),
    { minLength: 10, maxLength: 60 },
  ),
  overrides: fc.uniqueArray(
    fc
      .record({ table, tenant, keep: fc.constantFrom(20, 45, 60, 366, 800) })
      // The database refuses less than a year for audit events.
      .filter((o) => o.table !== 'tb_audit_event_archive' || o.keep >= 366),
    {
      selector: (o) => `${o.table} ${o.tenant}`,
      maxLength: 4,
    },
  ),
  // From so many minutes ago, for so many minutes.
  holds: fc.array(
    fc.record({
      table,
      tenant,
      from: age,
      length: fc.integer({ min: 1, max: 3 }),
      released: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
});
type Given = typeof world extends fc.Arbitrary<infer T> ? T : never;

const at = (minutes: number): string =>
  `'${new Date(now.getTime() - minutes * minute).toISOString()}'`;

const written = ({ rows, overrides, holds }: Given): string => `
  delete from monitoring.tb_health_check_log; delete from monitoring.tb_alert; delete from monitoring.tb_audit_event_archive;
  delete from monitoring.legal_hold; delete from monitoring.retention_run;
  delete from monitoring.retention_policy where tenant_id <> 'platform';
  ${rows
    .map((row, i) => {
      const time = at(row.age);
      if (row.table === 'tb_health_check_log')
        return `select monitoring.ensure_partitions(${time}, ${time}, 'tb_health_check_log');
          insert into monitoring.tb_health_check_log (tenant_id, service_id, status, checked_at, error_message)
          values ('${row.tenant}', 's', 'down', ${time}, 'r${i}');`;
      if (row.table === 'tb_alert')
        return `insert into monitoring.tb_alert (tenant_id, id, alert_rule_id, status, severity, message, current_value, threshold,
            triggered_at, resolved_at, labels)
          values ('${row.tenant}', 'r${i}', 'r', '${row.open ? 'active' : 'resolved'}', 'error', 'm', 1, 1, ${time},
            ${row.open ? 'null' : time}, '{"n": ${i}}');`;
      return `insert into monitoring.tb_audit_event_archive (id, tenant_id, time, event_id, user_id, user_email, user_role, action_type,
          resource_type, description, outcome, severity, metadata)
        values (${i}, '${row.tenant}', ${time}, 'r${i}', 'u', 'anonymized@example.com', 'r', 'read', 't', 'd', 'success', 'info',
          '{"retention_category": "${row.category}"}');`;
    })
    .join('\n')}
  ${overrides.map((o) => `insert into monitoring.retention_policy (tenant_id, table_name, keep_days) values ('${o.tenant}', '${o.table}', ${o.keep});`).join('\n')}
  ${holds
    .map(
      (
        h,
      ) => `insert into monitoring.legal_hold (tenant_id, table_name, held_from, held_until, reason, placed_by, released_at)
        values ('${h.tenant}', '${h.table}', ${at(h.from)}, ${at(h.from - h.length)}, 'case', 'u', ${h.released ? 'now()' : 'null'});`,
    )
    .join('\n')}`;

// What must be left, from the words of the seed and the comments of the tables, not from the code.
const kept = ({ rows, overrides, holds }: Given): string[] =>
  rows.flatMap((row, i) => {
    const own = overrides.find((o) => o.table === row.table && o.tenant === row.tenant)?.keep;
    const category = row.table === 'tb_audit_event_archive' ? daysOfCategory[row.category] : 0;
    const keep = category > 0 ? category : (own ?? days[row.table]);
    const young = row.age <= keep * dayMinutes;
    const open = row.table === 'tb_alert' && row.open;
    const held = holds.some(
      (h) =>
        h.table === row.table &&
        h.tenant === row.tenant &&
        !h.released &&
        row.age <= h.from &&
        row.age > h.from - h.length,
    );
    return young || open || held ? [`${row.table} r${i}`] : [];
  });

const left = async (): Promise<string[]> =>
  (
    await room.ask(
      `select 'tb_health_check_log ' || error_message as row from monitoring.tb_health_check_log
       union all select 'tb_alert ' || id from monitoring.tb_alert
       union all select 'tb_audit_event_archive ' || event_id from monitoring.tb_audit_event_archive`,
      { row: 'text' },
    )
  ).map(({ row }) => row);

test(
  'whatever the rows, holds and policies: nothing goes early, nothing late, no held row at all, and repeating does nothing',
  async () => {
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        await room.world.admin.script(written(given));

        await runAll({ ...room.bench, batchRows: 7 }, now, null);

        expect((await left()).toSorted()).toEqual(kept(given).toSorted());
        const again = await runAll(room.bench, now, null);
        expect([again.units, await left()]).toEqual([
          [],
          expect.objectContaining({ length: kept(given).length }),
        ]);
        const recount = { db: room.world.ops, place: room.place, now, search: null };
        expect(await verify(recount)).toMatchObject({ overdue: [], early: [] });
      }),
      { numRuns: depth(15, 50) },
    );
  },
  depth(120_000, 300_000),
);
