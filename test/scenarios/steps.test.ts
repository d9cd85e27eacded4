import { afterAll, beforeAll, expect, test } from 'vitest';
import { emails, rowsOf } from '../world/builders.ts';
import { openDesk, type Desk } from '../world/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(() => new Date('2026-02-10T12:00:00Z'));
});
afterAll(() => desk.close());

// The slots of the desk begin on 2026-01-01: the nightly recompute reaches the second day and not the first.
const old = '2025-11-01';
const recent = '2025-12-20';
const campaign_id = 'c';

// A sequence of one e-mail, then a test of two variants; each sent once on both days, and aggregated once.
const begin = async (tenant_id: string) => {
  await rowsOf(desk.world.admin, 'sequence_steps', [
    { tenant_id, campaign_id, step_id: 'first', position: 1 },
    { tenant_id, campaign_id, step_id: 'this', position: 2, variant: 'A' },
    { tenant_id, campaign_id, step_id: 'that', position: 2, variant: 'B' },
  ]);
  await emails(
    desk.world.admin,
    [old, recent].flatMap((day) =>
      ['first', 'this', 'that'].map((step_id) => ({
        tenant_id,
        campaign_id,
        step_id,
        email_id: `${tenant_id}-${step_id}-${day}`,
        sent_at: `${day}T12:00:00Z`,
      })),
    ),
  );
  await desk.settle();
  // Past the overlap of the fast look, or it would count both days again by itself.
  await desk.world.admin.script(
    `update source.emails set updated_at = now() - interval '1 hour' where tenant_id = '${tenant_id}'`,
  );
};
const script = (text: string) => desk.world.admin.script(text);
// One line a row: day, step, place, variant, opens; a dash is null.
const places = async (tenantId: string) => {
  const columns = ['day', 'step_id', 'step_position', 'variant', 'opened_tracked'];
  const rows = await desk.rows('sequence_step_analytics', tenantId, columns.join(', '));
  return rows.map((row) => {
    const values = new Map(Object.entries(row as object));
    return columns.map((column) => values.get(column) ?? '-').join(' ');
  });
};
const nightly = async (tenantId: string) => {
  await desk.look('nightly');
  const asked = desk.inbox.splice(0).filter((message) => message.tenant_id === tenantId);
  const done = [];
  for (const message of asked) done.push(await desk.work(message));
  return done;
};
const differences = async (tenantId: string) => (await desk.reconcile(tenantId)).differences;

const atFirst = (day: string) => [`${day} first 1 - 0`, `${day} that 2 B 0`, `${day} this 2 A 0`];

test('a step is stored with its place in the sequence and its variant, and a second run writes nothing', async () => {
  await begin('stored');

  const again = await nightly('stored');

  expect(again.map(({ written, deleted }) => [written, deleted])).toEqual([[0, 0]]);
  expect(await places('stored')).toEqual([...atFirst(old), ...atFirst(recent)]);
  expect(await differences('stored')).toEqual([]);
});

test('a step that moves is followed when its day is counted again, and not before', async () => {
  await begin('moved');

  await script(`update source.sequence_steps set position = 3, updated_at = now()
    where tenant_id = 'moved' and step_id = 'that'`);
  await desk.look('changed');
  const asked = desk.inbox.splice(0).filter((message) => message.tenant_id === 'moved');
  const before = await places('moved');
  const done = await nightly('moved');

  expect(asked).toEqual([]);
  expect(before).toEqual([...atFirst(old), ...atFirst(recent)]);
  expect(done.map(({ written }) => written)).toEqual([1]);
  expect(await places('moved')).toEqual([
    ...atFirst(old),
    `${recent} first 1 - 0`,
    `${recent} that 3 B 0`,
    `${recent} this 2 A 0`,
  ]);
  expect(await differences('moved')).toEqual([]);
});

test('a test that ends takes the letter away, and one that begins gives one', async () => {
  await begin('tested');

  await script(`update source.sequence_steps
    set variant = case step_id when 'first' then 'A' when 'this' then 'C' end, updated_at = now()
    where tenant_id = 'tested'`);
  await nightly('tested');

  expect(await places('tested')).toEqual([
    ...atFirst(old),
    `${recent} first 1 A 0`,
    `${recent} that 2 - 0`,
    `${recent} this 2 C 0`,
  ]);
});

test('a step that the source has lost keeps what was known, is not written again, and its new days know nothing', async () => {
  await begin('lost');

  await script(`delete from source.sequence_steps where tenant_id = 'lost' and step_id <> 'first'`);
  const done = await nightly('lost');
  await script(`update source.emails set opened = sent_at, updated_at = now()
    where email_id = 'lost-that-${recent}'`);
  await desk.world.admin.script(
    `update source.emails set sent_at = '2025-12-21T12:00:00Z', delivered_at = null, updated_at = now()
      where email_id = 'lost-this-${old}'`,
  );
  await desk.settle();

  expect(done.map(({ written, deleted }) => [written, deleted])).toEqual([[0, 0]]);
  expect((await places('lost')).slice(3)).toEqual([
    `${recent} first 1 - 0`,
    `${recent} that 2 B 1`,
    `${recent} this 2 A 0`,
    '2025-12-21 this - - 0',
  ]);
});

test('a place below 1 and an empty letter are unknown, and stop nothing', async () => {
  await begin('odd');

  await script(`update source.sequence_steps set position = 0, variant = 'Z' where tenant_id = 'odd' and step_id = 'this';
    update source.sequence_steps set variant = '' where tenant_id = 'odd' and step_id = 'that'`);
  await emails(desk.world.admin, [
    { tenant_id: 'odd', campaign_id, step_id: 'this', sent_at: '2025-12-21T12:00:00Z' },
  ]);
  await desk.settle();
  await nightly('odd');

  expect((await places('odd')).slice(3)).toEqual([
    `${recent} first 1 - 0`,
    `${recent} that 2 - 0`,
    `${recent} this 2 Z 0`,
    '2025-12-21 this - Z 0',
  ]);
});

test('a step of the same name in another campaign or tenant lends nothing', async () => {
  await begin('lender');

  await emails(desk.world.admin, [
    { tenant_id: 'borrower', campaign_id, step_id: 'this', sent_at: `${recent}T12:00:00Z` },
    {
      tenant_id: 'borrower',
      campaign_id: 'other',
      step_id: 'that',
      sent_at: `${recent}T12:00:00Z`,
    },
  ]);
  await script(
    `delete from source.sequence_steps where tenant_id = 'borrower' and campaign_id = 'c'`,
  );
  await desk.settle();

  expect(await places('borrower')).toEqual([`${recent} that 1 - 0`, `${recent} this - - 0`]);
});
