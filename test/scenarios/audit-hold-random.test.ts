import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ageingPlan } from '@rookery/warehouse/audit/ageing';
import { openWorld, type World } from '../world/world.ts';
import { age, entriesOf, erasedOf, faultsOf, fill, later } from './audit-ageing-room.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

type Span = { readonly from: number; readonly until: number | null };

const entries = 40;
const second = fc.integer({ min: 0, max: entries });
const step = fc.oneof(
  fc.record({
    kind: fc.constant('hold' as const),
    from: second,
    long: fc.option(fc.integer({ min: 1, max: 20 })),
  }),
  fc.record({ kind: fc.constant('release' as const), nth: fc.nat(5) }),
  fc.record({ kind: fc.constant('age' as const), days: fc.constantFrom(31, 1_097, 2_558, 3_654) }),
);

const isHeld = (spans: readonly Span[], seq: number): boolean =>
  spans.some(({ from, until }) => seq - 1 >= from && (until === null || seq - 1 < until));

const held = async (tenantId: string, { from, until }: Span): Promise<void> =>
  world.admin
    .script(`insert into monitoring.legal_hold (tenant_id, table_name, held_from, held_until, reason, placed_by)
    values ('${tenantId}', 'admin_audit_log', '${later(0, from * 1_000).toISOString()}',
      ${until === null ? 'null' : `'${later(0, until * 1_000).toISOString()}'`}, 'case', 'test')`);

const released = (tenantId: string, { from, until }: Span): Promise<void> =>
  world.admin.script(`update monitoring.legal_hold set released_at = now() where id = (
    select min(id) from monitoring.legal_hold where tenant_id = '${tenantId}' and released_at is null
      and held_from = '${later(0, from * 1_000).toISOString()}'
      and held_until is not distinct from ${until === null ? 'null' : `'${later(0, until * 1_000).toISOString()}'`}::timestamptz)`);

test('whatever is held, released and erased in whatever order: no held entry ever loses a value, everything else that is due does, and the chain holds', async () => {
  let run = 0;
  let kept = 0;
  let gone = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      run += 1;
      const tenantId = `random${run}`;
      await fill(
        world,
        tenantId,
        entries,
        `(array['internal', 'personal', 'restricted', null])[1 + n % 4], (array['security', 'billing', 'configuration', 'records', null])[1 + n % 5]`,
      );
      const spans: Span[] = [];
      for (const one of steps) {
        if (one.kind === 'hold') {
          const until = one.long === null ? null : one.from + one.long;
          spans.push({ from: one.from, until });
          await held(tenantId, { from: one.from, until });
          continue;
        }
        if (one.kind === 'release') {
          const [span] = spans.splice(one.nth, 1);
          if (span !== undefined) await released(tenantId, span);
          continue;
        }
        const now = later(one.days);
        const before = (await entriesOf(world, tenantId)).slice(0, entries);
        await age(world.ops, now, { tenantId, batchEntries: 7 });
        const after = (await entriesOf(world, tenantId)).slice(0, entries);
        for (const [place, entry] of after.entries()) {
          if (!isHeld(spans, entry.seq)) continue;
          kept += 1;
          expect(entry).toEqual(before[place]);
        }
        gone += after.filter((entry) => erasedOf(entry).length > 0).length;
        const plan = await ageingPlan(world.ops, { tenantId, now });
        expect(plan.every((due) => due.held)).toBe(true);
        expect(await faultsOf(world, tenantId)).toEqual([]);
      }
    }),
    { numRuns: 40, seed: 6 },
  );
  // The run met what it is about.
  expect(kept).toBeGreaterThan(300);
  expect(gone).toBeGreaterThan(300);
});
