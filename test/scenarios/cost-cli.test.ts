import { expect, test } from 'vitest';
import { costOf } from '../../infra/cost/cost.ts';
import { usual } from '../../infra/cost/stages.ts';
import { costCommand } from '../../packages/cli/commands/cost.ts';
import { costText } from '../../packages/cli/cost-text.ts';
import { call, program, type Ran } from '../world/call.ts';

const rookery = (...words: readonly string[]): Promise<Ran> => program(words);

test('the stage and the numbers that are given are those that are priced, and --json has every digit of it', async () => {
  const words = [
    'cost',
    '--stage',
    'production',
    '--tenants',
    '200',
    '--emails',
    '5,000,000',
    '--json',
  ];
  const { code, out } = await rookery(...words);
  const { usd, usage } = JSON.parse(out) as { usd: number; usage: object };

  expect(code).toBe(0);
  expect(usage).toEqual({ kind: 'production', ...usual.production });
  expect(usd).toBe(costOf({ kind: 'production', ...usual.production }).usd);
});

test('a command says how it is used, and refuses what is no option or no number with exit code 2', async () => {
  const [help, unknown, number, stage, nobody] = await Promise.all([
    rookery('cost', '--help'),
    rookery('cost', '--nonsense'),
    rookery('cost', '--emails', 'many'),
    rookery('cost', '--stage', 'pr-12'),
    rookery('cost', '--tenants', '0'),
  ]);

  expect([help.code, help.out]).toEqual([
    0,
    expect.stringMatching(/--free-tier[^]*Examples:[^]*Exit codes:/),
  ]);
  expect([unknown, number, stage, nobody].map(({ code, out }) => [code, out])).toEqual(
    Array.from({ length: 4 }, () => [2, '']),
  );
  expect(number.err).toContain('Write a whole number of at most 12 digits, such as 5000000.');
  expect(stage.err).toContain('Allowed choices are production, staging, preview.');
  expect(nobody.err).toContain('give --tenants, or --emails 0');
});

test('every number that is given, what is free and the plan of Neon are in the bill', async () => {
  const given = { tenants: 2, emails: 100_000, requests: 3_000_000, events: 40_000_000 };
  const words = Object.entries(given).flatMap(([name, count]) => [`--${name}`, String(count)]);
  const others = ['--stage', 'preview', '--neon', 'scale', '--free-tier', '--json'];

  const { out } = await call(costCommand, [...words, ...others]);

  const usage = { kind: 'preview', ...given } as const;
  const reading = { isFree: true, neon: 'scale' } as const;
  const { usd, items } = costOf(usage, reading);
  expect(JSON.parse(out)).toMatchObject({ usage, reading, usd, items });
});

test('a preview shows how little its database is awake', async () => {
  const { code, out } = await call(costCommand, ['--stage', 'preview']);

  expect(code).toBe(0);
  expect(out).toMatch(/preview +30\.\d of 730 hours: 18\.\d by schedules/);
  expect(out).toMatch(/production +730\.0 of 730 hours/);
});

test('what is assumed and every price are printed with their sources, and those not checked are marked', async () => {
  const { out } = await call(costCommand, ['--stage', 'preview', '--assumptions']);

  expect(out).toMatch(/pollers: 5 pollers a queue\n +documented: Lambda guide/);
  expect(out).toMatch(/gatewayRequest: 1\.20 \/ million requests\n +unchecked: /);
});

test.each([80, 100, 140])('at %i columns no line is wider', (width) => {
  const bill = costOf({ kind: 'production', ...usual.production });
  const awake = [{ kind: 'production', awake: bill.awake }];
  const text = costText(bill, { isFree: true, neon: 'scale' }, awake, width);

  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
});
