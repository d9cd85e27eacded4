import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { openCliRoom, type CliRoom } from './alerting-cli-room.ts';

let room: CliRoom;
beforeAll(async () => {
  room = await openCliRoom();
});
afterAll(() => room.close());

const rule = (more: string) =>
  `name: mine\nrules:\n  - id: one\n    name: One\n    metric_name: mailbox.bounce_rate\n    comparison_operator: gt\n${more}`;

test('a service at an address that nobody may reach is refused, as the API refuses it', async () => {
  const text =
    'name: mine\nservices:\n  - id: meta\n    name: Metadata\n    probe: { kind: http, url: "http://169.254.169.254/" }\n';
  const ran = await room.call(
    'rules',
    'diff',
    await room.file('rules.yaml', text),
    '--tenant',
    'acme',
  );
  expect([ran.code, ran.err, ran.out]).toEqual([2, expect.stringContaining('change-refused'), '']);
});

test('a file of another tenant is not seen, and nothing of a tenant leaves it', async () => {
  const path = await room.file('rules.yaml', rule('    threshold: 1\n'));
  expect((await room.call('rules', 'apply', path, '--tenant', 'acme')).code).toBe(0);
  const other = await room.call('rules', 'apply', path, '--tenant', 'globex', '--json');
  expect([other.code, JSON.parse(other.out)]).toMatchObject([0, { make: [{ id: 'one' }] }]);
  const rows = await ask(
    room.world.ops,
    `select tenant_id, id from monitoring.tb_alert_rule order by 1`,
  );
  expect(rows).toEqual([
    { tenant_id: 'acme', id: 'one' },
    { tenant_id: 'globex', id: 'one' },
  ]);
});

test('a command says how it is used, and refuses what is no option', async () => {
  const [help, wrong, unread] = await Promise.all([
    room.rookery('rules', 'diff', '--help'),
    room.rookery('rule', 'list', '--tenant', 'acme', '--nonsense'),
    room.rookery('rules', 'diff', '/nowhere.yaml', '--tenant', 'acme', '--json'),
  ]);
  expect([help.code, help.out]).toEqual([
    0,
    expect.stringMatching(/Usage:[^]*--tenant[^]*Examples:[^]*Exit codes:[^]*\n {2}4 {2}there are/),
  ]);
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect([unread.code, JSON.parse(unread.out)]).toMatchObject([
    2,
    { error: { code: 'file-unreadable' } },
  ]);
}, 180_000);
