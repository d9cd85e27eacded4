import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from './ask.ts';
import { openCliRoom, type CliRoom } from './alerting-cli-room.ts';

let room: CliRoom;
beforeAll(async () => {
  room = await openCliRoom();
});
afterAll(() => room.close());

const diff = async (text: string) =>
  room.rookery('rules', 'diff', await room.file('rules.yaml', text), '--tenant', 'acme');
const rule = (more: string) =>
  `name: mine\nrules:\n  - id: one\n    name: One\n    metric_name: mailbox.bounce_rate\n    comparison_operator: gt\n${more}`;

test.each([
  ['a field that nobody knows', rule('    treshold: 1\n'), 'rules.yaml:7: rules[0].treshold is not a field here'],
  ['a field that is missing', rule('    severity: error\n'), 'rules.yaml:3: rules[0].threshold is missing'],
  ['a wrong value', rule('    threshold: 1\n    duration_minutes: -1\n'), 'rules.yaml:8: rules[0].duration_minutes Too small'],
  ['a secret', 'name: mine\nnotification_targets: []\n', 'rules.yaml:2: notification_targets is not a field here'],
  ['no id', 'name: mine\ninhibitions:\n  - name: One\n', 'rules.yaml:3: inhibitions[0].id is missing'],
  ['no name', 'rules: []\n', 'rules.yaml:1: name is missing'],
  ['the same id twice', `${rule('    threshold: 1\n')}  - id: one\n    name: Two\n    metric_name: mailbox.bounce_rate\n    comparison_operator: gt\n    threshold: 2\n`, 'rules.yaml:8: rules[1].id is there twice'],
  ['no YAML', 'name: [mine\n', 'rules.yaml:'],
  ['the same key twice', 'name: mine\nname: yours\n', 'rules.yaml:2: Map keys must be unique'],
  ['an address within', 'name: mine\nservices:\n  - id: meta\n    name: Metadata\n    probe: { kind: http, url: "http://169.254.169.254/" }\n', 'change-refused'],
])('%s is refused with its place', async (_, text, said) => {
  const ran = await diff(text);
  expect([ran.code, ran.err, ran.out]).toEqual([2, expect.stringContaining(said), '']);
}, 30_000); // prettier-ignore

test('a file of another tenant is not seen, and nothing of a tenant leaves it', async () => {
  const path = await room.file('rules.yaml', rule('    threshold: 1\n'));
  expect((await room.rookery('rules', 'apply', path, '--tenant', 'acme')).code).toBe(0);
  const other = await room.rookery('rules', 'apply', path, '--tenant', 'globex', '--json');
  expect([other.code, JSON.parse(other.out)]).toMatchObject([0, { make: [{ id: 'one' }] }]);
  const rows = await ask(
    room.world.ops,
    `select tenant_id, id from monitoring.tb_alert_rule order by 1`,
  );
  expect(rows).toEqual([{ tenant_id: 'acme', id: 'one' }, { tenant_id: 'globex', id: 'one' }]); // prettier-ignore
}, 30_000);

test('aliases that multiply are refused', async () => {
  const levels = Array.from({ length: 9 }, (_, at) => `  - &l${at + 1} [${Array(9).fill(at === 0 ? 'x' : `*l${at}`).join(', ')}]`);
  const ran = await diff(`name: mine\nrules:\n${levels.join('\n')}\n`);
  expect([ran.code, ran.err]).toEqual([2, expect.stringContaining('alias')]);
}, 30_000); // prettier-ignore

test('every command says how it is used, and refuses what is no option', async () => {
  for (const words of [['explain-alert'], ['rule', 'list'], ['rule', 'backtest'], ['rules', 'diff'], ['rules', 'apply']]) {
    const help = await room.rookery(...words, '--help');
    expect([words, help.code, help.out]).toEqual([words, 0, expect.stringMatching(/Usage:[^]*--tenant[^]*Examples:[^]*Exit codes:/)]);
    const wrong = await room.rookery(...words, 'x', '--tenant', 'acme', '--nonsense');
    expect([words, wrong.code]).toEqual([words, 2]);
  }
  const unread = await room.rookery('rules', 'diff', '/nowhere.yaml', '--tenant', 'acme', '--json');
  expect([unread.code, JSON.parse(unread.out)]).toMatchObject([2, { error: { code: 'file-unreadable' } }]);
}, 60_000); // prettier-ignore
