import { expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { readRulesFile } from './rules-file.ts';

const refusal = (text: string): Failure => {
  try {
    readRulesFile({ name: 'rules.yaml', text });
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error('it was read');
};
const rule = (more: string) =>
  `name: mine\nrules:\n  - id: one\n    name: One\n    metric_name: mailbox.bounce_rate\n    comparison_operator: gt\n${more}`;

test.each([
  [
    'a field that nobody knows',
    rule('    treshold: 1\n'),
    'rules.yaml:7: rules[0].treshold is not a field here',
  ],
  [
    'a field that is missing',
    rule('    severity: error\n'),
    'rules.yaml:3: rules[0].threshold is missing',
  ],
  [
    'a wrong value',
    rule('    threshold: 1\n    duration_minutes: -1\n'),
    'rules.yaml:8: rules[0].duration_minutes Too small',
  ],
  [
    'a secret',
    'name: mine\nnotification_targets: []\n',
    'rules.yaml:2: notification_targets is not a field here',
  ],
  [
    'no id',
    'name: mine\ninhibitions:\n  - name: One\n',
    'rules.yaml:3: inhibitions[0].id is missing',
  ],
  ['no name', 'rules: []\n', 'rules.yaml:1: name is missing'],
  [
    'the same id twice',
    `${rule('    threshold: 1\n')}  - id: one\n    name: Two\n    metric_name: mailbox.bounce_rate\n    comparison_operator: gt\n    threshold: 2\n`,
    'rules.yaml:8: rules[1].id is there twice',
  ],
  ['no YAML', 'name: [mine\n', 'rules.yaml:'],
  ['the same key twice', 'name: mine\nname: yours\n', 'rules.yaml:2: Map keys must be unique'],
])('%s is refused with its place', (_, text, said) => {
  expect(refusal(text)).toMatchObject({
    kind: 'invalid',
    code: 'rules-file-invalid',
    message: expect.stringContaining(said),
  });
});

test('aliases that multiply are refused', () => {
  const levels = Array.from(
    { length: 9 },
    (_, at) =>
      `  - &l${at + 1} [${Array(9)
        .fill(at === 0 ? 'x' : `*l${at}`)
        .join(', ')}]`,
  );
  expect(refusal(`name: mine\nrules:\n${levels.join('\n')}\n`).message).toContain('alias');
});

test('faults are told in the order of their lines, the first twenty of them', () => {
  const lines = Array.from({ length: 25 }, (_, at) => `field${at}: 1`).join('\n');
  const told = refusal(`name: mine\n${lines}\n`).message.split('\n');
  expect([told.length, told[1], told[21]]).toEqual([
    22,
    'rules.yaml:2: field0 is not a field here',
    'and 5 more',
  ]);
});

test('a file is read with what the contract fills in, and lists that it does not name are empty', () => {
  const file = readRulesFile({ name: 'rules.yaml', text: rule('    threshold: 1\n') });
  expect(file).toMatchObject({ name: 'mine', rules: [{ id: 'one', threshold: 1 }], services: [] });
});
