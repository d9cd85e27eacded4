import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needed, optional } from '@rookery/http/endpoints/alert-rule-fields';
import { evaluate } from '@rookery/monitoring/alerts/evaluate';
import { usualRule } from '@rookery/monitoring/alerts/rule-change.sql';
import { monitoringSources } from '@rookery/monitoring/alerts/sources/sources';
import { webhook } from '@rookery/monitoring/notices/channels/webhook';
import { noticeContent } from '@rookery/monitoring/notices/outbox-content';
import { dispatch } from '@rookery/monitoring/notices/dispatch';
import { relay } from '@rookery/monitoring/notices/outbox';
import { tell } from '@rookery/monitoring/notices/outbox-tell';
import { signatureHeaders } from '@rookery/outbound/webhook-signature';
import { readQuotas } from '@rookery/source/quota';
import { warehouseSources } from '@rookery/warehouse/metrics/sources';
import { emails, tenant } from '../world/builders.ts';
import { answersOf, guideEnv } from './guide-answers.ts';
import { blocksIn, shell } from './guide-blocks.ts';
import { metricsTable } from './metrics-table.ts';
import { openApi, type Api } from './stack.ts';

const file = 'docs/alerts.md';
const text = readFileSync(file, 'utf8');
const tenantId = 'heron-analytics';
const mailboxId = 'heron-analytics-partners-mailbox2';
const minuteMs = 60_000;

let api: Api;
let env: Readonly<Record<string, string>>;
let slot = Math.ceil(Date.now() / minuteMs) * minuteMs;

beforeAll(async () => {
  api = await openApi();
  const { world } = api;
  await tenant(world.admin, { tenant_id: tenantId, timezone: 'UTC' });
  const sent = { tenant_id: tenantId, mailbox_id: mailboxId, campaign_id: 'partners' };
  const sentAt = new Date(Date.now() - minuteMs).toISOString();
  await emails(
    world.admin,
    Array.from({ length: 100 }, (_, i) => ({
      ...sent,
      sent_at: sentAt,
      ...(i < 3 ? { bounce_type: 'hard' as const, delivered_at: null } : {}),
    })),
  );
  await api.desk.settle();
  env = guideEnv(api, tenantId);
});
afterAll(() => api.close());

const never = (): never => {
  throw new Error('nothing is sealed, and nothing leaves the house');
};

// What the schedule and the queue do in the next minute.
const minute = async (): Promise<void> => {
  const { ops, source } = api.world;
  const sources = [...warehouseSources(readQuotas(() => source)), ...monitoringSources];
  slot += minuteMs;
  const { problems } = await evaluate(ops, { at: new Date(slot), sources });
  expect(problems).toEqual([]);
  await dispatch(ops, new Date(slot));
  const carriers = { post: never, email: never, sms: never, pagerdutyUrl: 'http://nowhere.test' };
  const clock = { now: () => new Date(slot), chance: () => 0 };
  const desk = { ops, unseal: never, carriers, dashboardUrl: null, ...clock };
  await relay({
    ops,
    now: new Date(slot),
    send: async (messages) => {
      for (const { tenant_id, notice_id, attempt } of messages)
        await tell(desk, { tenantId: tenant_id, id: notice_id, attempt });
    },
  });
};

const blocks = (section: string) => blocksIn(file, section);
const fenced = (language: string): string =>
  text.match(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'm'))?.[1] ?? '';
const tableOf = (heading: string): string[] =>
  (text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('|'));

test('the first rule: made, it fires and tells, is acknowledged, and its alert ends with it', async () => {
  const [make, look, take, drop] = blocks('The first rule');
  expect(await answersOf(make, env)).toMatchObject([
    { data: { id: 'first', severity: 'error', evaluation_interval: 60 }, warnings: [] },
  ]);
  await minute();
  expect(await answersOf(look, env)).toMatchObject([
    { data: [{ status: 'active', labels: { mailbox_id: mailboxId }, current_value: 0.03 }] },
    { data: [{ title: expect.stringContaining('A mailbox bounces too much'), read_at: null }] },
  ]);
  const [taken] = await answersOf(take, env);
  expect(taken).toMatchObject({ data: { status: 'acknowledged', acknowledged_until: /./ } });
  expect(await answersOf(drop, env)).toMatchObject([{ data: { id: 'first' } }]);
  await minute();
  const alerts = `/v1/monitoring/alerts?status=resolved&alert_rule_id=first`;
  const caller = { tenantId, role: 'tenant-admin' } as const;
  expect(JSON.parse((await api.ask(caller, { target: alerts })).text)).toMatchObject({
    data: [{ status: 'resolved' }],
  });
});

test('a silence, an inhibition, a policy, a webhook and its rotation are taken as they are written', async () => {
  const [silence, inhibition] = blocks('Keeping quiet');
  const [policy] = blocks('Escalation');
  const [target, rotation] = blocks('Channels');
  expect(await answersOf(silence, env)).toMatchObject([{ data: { id: 'list-cleaning' } }]);
  expect(await answersOf(inhibition, env)).toMatchObject([{ data: { equal: ['mailbox_id'] } }]);
  expect(await answersOf(policy, env)).toMatchObject([{ data: { levels: [{}, {}] } }]);
  expect(await answersOf(target, env)).toMatchObject([{ data: { previous_until: null } }]);
  expect(await answersOf(rotation, env)).toMatchObject([
    { data: { revision: 1, previous_until: expect.any(String) } },
  ]);
});

test('README: a rule is made, and what there is of alerts is listed', async () => {
  const [block] = blocksIn('README.md', 'Be told');
  expect(await answersOf(block, env)).toMatchObject([
    { data: { id: 'any-bounce' }, warnings: [] },
    { data: expect.any(Array) },
  ]);
});

test('rules as code: applied, no difference is left, and one of them is replayed', async () => {
  const [block] = blocks('Rules as code, and before they wake anybody');
  const { code, out, err } = await shell(block?.lines.join('\n') ?? '', env);
  expect([code, err]).toEqual([0, expect.not.stringContaining('rror')]);
  expect(out).toMatch(/7 made, 0 changed, 0 removed[\s\S]*No difference[\s\S]*bounces-warning/);
});

const signed = (now: Date, secrets: string[]) =>
  signatureHeaders({ id: 'ntc_1', now, body: '{}', secrets });

test('the ten lines take a webhook of ours, and no other body, secret or time', async () => {
  const code = stripTypeScriptTypes(fenced('ts'));
  const module: unknown = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const { isOurs } = module as {
    isOurs: (headers: object, body: string, secret: string) => boolean;
  };
  const [old, fresh] = ['a', 'b'].map((byte) => `whsec_${btoa(byte.repeat(32))}`) as [
    string,
    string,
  ];
  const headers = signed(new Date(), [fresh, old]);
  expect([isOurs(headers, '{}', old), isOurs(headers, '{}', fresh)]).toEqual([true, true]);
  expect(isOurs(headers, '{ }', old)).toBe(false);
  expect(isOurs(signed(new Date(), [fresh]), '{}', old)).toBe(false);
  expect(isOurs(signed(new Date(Date.now() - 6 * minuteMs), [old]), '{}', old)).toBe(false);
  expect(isOurs({}, '{}', old)).toBe(false);
});

test('the webhook that is shown is one that would be sent', () => {
  const shown = JSON.parse(fenced('json'));
  const { notice_id: noticeId, tenant_id, ...content } = shown.data;
  const sent = webhook({
    noticeId,
    tenantId: tenant_id,
    content: noticeContent.parse({ ...content, kind: 'firing', template: null }),
    decidedAt: new Date(shown.timestamp),
    address: 'https://hooks.example.com/alerts',
    secrets: [],
    alertIds: [],
    recipient: 'ops-hook',
    dashboardUrl: null,
  });
  expect(sent).toMatchObject({ by: 'http', call: { body: expect.any(String) } });
  expect('call' in sent && JSON.parse(sent.call.body)).toEqual(shown);
});

test('every field of a rule is explained, with the default that it has', () => {
  const rows = tableOf('A rule, field by field').slice(2);
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim().replaceAll('`', '')));
  expect(cells.map(([, name]) => name).toSorted()).toEqual(
    [...Object.keys(needed), ...Object.keys(optional)].toSorted(),
  );
  const usual: Readonly<Record<string, unknown>> = usualRule;
  for (const [, name = '', told] of cells) {
    const value = usual[name];
    // What is null or none by default is said in words.
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      continue;
    expect([name, told]).toEqual([name, String(value)]);
  }
});

test('the metrics are those of the catalogue', () => {
  expect(tableOf('Metrics')).toEqual(metricsTable);
});
