import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { applyRules } from '../../packages/cli/rules-apply.ts';
import { readRulesFile } from '../../packages/cli/rules-file.ts';
import { ask } from './ask.ts';
import { openCliRoom, type CliRoom } from './alerting-cli-room.ts';

const example = join(import.meta.dirname, '../../examples/rules.yaml');

let room: CliRoom;
let text: string;
beforeAll(async () => {
  room = await openCliRoom();
  text = await readFile(example, 'utf8');
});
afterAll(() => room.close());
beforeEach(() =>
  room.world.admin
    .script(`delete from monitoring.tb_alert_rule; delete from monitoring.tb_escalation_policy;
    delete from monitoring.tb_service_health; delete from monitoring.alert_inhibition;
    delete from monitoring.maintenance_window; delete from monitoring.tb_audit_event`),
);

const things = () =>
  ask<Record<string, unknown>>(
    room.world.ops,
    `select 'rule' as type, id, revision, managed_by, threshold::float8 as figure, deleted_at is not null as gone, updated_at from monitoring.tb_alert_rule where tenant_id = 'acme'
    union all select 'service', id, revision, managed_by, check_interval, deleted_at is not null, updated_at from monitoring.tb_service_health where tenant_id = 'acme'
    union all select 'policy', id, revision, managed_by, 0, false, updated_at from monitoring.tb_escalation_policy where tenant_id = 'acme'
    union all select 'window', id, revision, managed_by, duration_minutes, false, updated_at from monitoring.maintenance_window where tenant_id = 'acme'
    union all select 'inhibition', id, revision, managed_by, 0, false, updated_at from monitoring.alert_inhibition where tenant_id = 'acme'
    order by 1, 2`,
  );
const audit = () =>
  ask<{ user_id: string; action_type: string; resource_type: string; resource_id: string }>(
    room.world.ops,
    `select user_id, action_type, resource_type, resource_id from monitoring.tb_audit_event where tenant_id = 'acme' order by id`,
  );
const rules = (what: string, path: string, ...more: string[]) =>
  room.call('rules', what, path, '--tenant', 'acme', ...more);
const editorAt = (now: Date) => ({
  subject: 'cli:ann',
  role: 'operator',
  sourceIp: '127.0.0.1',
  userAgent: 'test',
  requestId: randomUUID(),
  eventId: randomUUID(),
  now,
});

test('the example is shown, tried, applied and recorded; a second apply and a diff then find nothing', async () => {
  const diff = await room.rookery('rules', 'diff', example, '--tenant', 'acme');
  const dry = await rules('apply', example, '--dry-run');
  expect([diff.code, dry.code, await things(), await audit()]).toEqual([4, 0, [], []]);
  expect(diff.out).toContain('7 to make, 0 to change, 0 to remove.');
  expect(dry.out).toContain('nothing was written');

  const applied = await rules('apply', example, '--json');
  expect([applied.code, JSON.parse(applied.out)]).toMatchObject([
    0,
    { name: 'deliverability', remove: [], conflicts: [] },
  ]);
  const [after, told] = [await things(), await audit()];
  expect(after).toHaveLength(7);
  expect(told.map(({ resource_id }) => resource_id)).toHaveLength(7);
  expect(new Set(told.map(({ user_id }) => user_id))).toEqual(
    new Set([`cli:${userInfo().username}`]),
  );

  const again = await rules('apply', example);
  const same = await rules('diff', example, '--prune', '--adopt');
  expect([again.code, again.out.includes('Nothing to do.'), same.code]).toEqual([0, true, 0]);
  expect([await things(), await audit()]).toEqual([after, told]);
}, 180_000);

test('what changed is shown field by field and written alone; what the file no longer says goes only with --prune', async () => {
  await rules('apply', example);
  const before = await things();
  const path = await room.file(
    'changed.yaml',
    text
      .replace('threshold: 0.05', 'threshold: 0.08')
      .replace(/ {2}- id: bounces-warning[^]*$/, ''),
  );

  const diff = await rules('diff', path);
  expect(diff.code).toBe(4);
  expect(diff.out).toMatch(/~ alert rule bounces-critical\n {4}threshold: 0.05 → 0.08/);
  expect(diff.out).toMatch(/left alone: --prune removes alert rule\s+bounces-warning/);
  expect((await rules('apply', path)).code).toBe(0);
  const kept = await things();
  expect(kept.filter((row, at) => row['revision'] !== before[at]?.['revision'])).toMatchObject([
    { id: 'bounces-critical', figure: 0.08, revision: 1 },
  ]);
  expect(kept.some(({ gone }) => gone === true)).toBe(false);

  const pruned = await rules('apply', path, '--prune', '--json');
  expect(JSON.parse(pruned.out)).toMatchObject({
    remove: [{ type: 'alert-rule', id: 'bounces-warning' }],
  });
  expect((await things()).filter(({ gone }) => gone === true)).toMatchObject([
    { id: 'bounces-warning' },
  ]);
  expect((await rules('diff', path, '--prune')).code).toBe(0);
});

test('what was made by hand or by another file is a conflict that writes nothing, until it is adopted; others are never pruned', async () => {
  await room.world.admin
    .script(`insert into monitoring.tb_alert_rule (id, tenant_id, name, metric_name, comparison_operator, threshold, created_by, managed_by)
    values ('bounces-critical', 'acme', 'Mine', 'mailbox.bounce_rate', 'gt', 0.5, 'ann', null),
      ('bounces-warning', 'acme', 'Theirs', 'mailbox.bounce_rate', 'gt', 0.5, 'bob', 'other'),
      ('by-hand', 'acme', 'Mine, too', 'mailbox.bounce_rate', 'gt', 0.5, 'ann', null)`);
  const before = await things();

  const refused = await rules('apply', example, '--prune');
  expect([refused.code, refused.err]).toEqual([
    3,
    expect.stringMatching(
      /rules-conflict[^]*bounces-critical was made by hand[^]*bounces-warning is of the file other/,
    ),
  ]);
  expect([await things(), await audit()]).toEqual([before, []]);

  expect((await rules('apply', example, '--prune', '--adopt')).code).toBe(0);
  const rows = (await things()).filter(({ type }) => type === 'rule');
  expect(rows.map(({ id, managed_by, figure }) => [id, managed_by, figure])).toEqual([
    ['bounces-critical', 'deliverability', 0.05],
    ['bounces-warning', 'deliverability', 0.03],
    ['by-hand', null, 0.5],
  ]);
});

test('policies, inhibitions and windows have owners, too: a conflict, adopted, then pruned', async () => {
  await rules('apply', example);
  const all = await things();
  expect(new Set(all.map(({ managed_by }) => managed_by))).toEqual(new Set(['deliverability']));
  const theirs = await room.file('theirs.yaml', text.replace(/^name: .*$/m, 'name: other'));
  const refused = await rules('apply', theirs);
  expect(refused.code).toBe(3);
  for (const kind of ['escalation policy', 'inhibition', 'maintenance window'])
    expect(refused.err).toMatch(
      new RegExp(`${kind} [a-z-]+ is of the file deliverability, not of other`),
    );

  expect((await rules('apply', theirs, '--adopt')).code).toBe(0);
  const emptyOf = (name: string) => room.file('empty.yaml', `name: ${name}\n`);
  expect((await rules('apply', await emptyOf('deliverability'), '--prune')).out).toContain(
    'Nothing to do.',
  );
  const pruned = await rules('apply', await emptyOf('other'), '--prune');
  expect([pruned.code, (await things()).filter(({ gone }) => gone === false)]).toEqual([0, []]);
});

test('a removal that is taken back makes the same things again, with what is new in the file, once', async () => {
  await rules('apply', example);
  const empty = await room.file('empty.yaml', 'name: deliverability\n');
  await rules('apply', empty, '--prune');
  await room.world.admin.script(
    `update monitoring.tb_service_health set heartbeat_at = '2020-01-01', heartbeat_status = 'ok'`,
  );
  const path = await room.file('back.yaml', text.replace('threshold: 0.05', 'threshold: 0.08'));

  const back = await rules('apply', path);
  expect([back.code, back.out]).toEqual([0, expect.stringContaining('7 made, 0 changed')]);
  const rows = await things();
  expect(rows.filter(({ gone }) => gone === true)).toEqual([]);
  expect(rows.find(({ id }) => id === 'bounces-critical')).toMatchObject({
    figure: 0.08,
    revision: 2,
  });
  const deeds = (await audit()).filter(({ resource_id }) => resource_id === 'bounces-critical');
  expect(deeds.map(({ action_type }) => action_type)).toEqual(['create', 'delete', 'create']);
  const pinged = `select 1 from monitoring.tb_service_health where heartbeat_at is not null`;
  expect(await ask(room.world.ops, pinged)).toEqual([]);

  const again = await rules('apply', path, '--prune');
  expect([again.out, await things()]).toEqual([expect.stringContaining('Nothing to do.'), rows]);
});

test('a fault in the last thing writes none of them, and a dry run finds it', async () => {
  const path = await room.file(
    'nobody.yaml',
    text.replace('escalation_policy_id: deliverability-nights', 'escalation_policy_id: nobody'),
  );
  for (const more of [[], ['--dry-run']]) {
    const ran = await rules('apply', path, ...more);
    expect([ran.code, ran.err]).toEqual([
      2,
      expect.stringMatching(/alert-rule bounces-critical: there is no escalation policy nobody/),
    ]);
  }
  expect([await things(), await audit()]).toEqual([[], []]);
});

test('two applies at once make everything once', async () => {
  const file = readRulesFile({ name: 'rules.yaml', text });
  const claim = { tenantId: 'acme', name: file.name, isAdopting: false, now: new Date() };
  const wish = { file, claim, isPruning: false, editor: () => editorAt(claim.now) };
  const both = await Promise.all([1, 2].map(() => applyRules(room.world.api, wish, false)));
  expect(both.map(({ steps }) => steps.length).toSorted((a, b) => a - b)).toEqual([0, 7]);
  expect([(await things()).length, (await audit()).length]).toEqual([7, 7]);
});
