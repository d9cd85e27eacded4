import { afterEach, expect, test, vi } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import { log, logUnit } from './log.ts';

const written = (work: () => void): unknown[] => {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  work();
  spy.mockRestore();
  return lines.map((line): unknown => JSON.parse(line));
};

afterEach(() => {
  delete process.env['LOG_LEVEL'];
});

test('a line is one JSON object with its level, time and fields', () => {
  const [line, ...more] = written(() => log('WARN', 'slow\nread', { tenant: 't01' }));

  expect(more).toEqual([]);
  expect(line).toMatchObject({ level: 'WARN', message: 'slow\nread', tenant: 't01' });
  expect(line).toHaveProperty('timestamp', expect.stringMatching(/Z$/));
});

test('an error is written whole, with its stack and its cause', () => {
  const error = new Failure('unavailable', 'lost', 'try again', { cause: new Error('reset') });

  expect(written(() => log('ERROR', 'failed', { error }))).toMatchObject([
    {
      error: {
        name: 'Failure',
        code: 'lost',
        message: 'try again',
        stack: expect.stringContaining('log.test'),
        cause: { message: 'reset' },
      },
    },
  ]);
});

test.each([
  [undefined, 2],
  ['INFO', 2],
  ['warn', 1],
  ['SILENT', 0],
  ['nonsense', 2],
])('LOG_LEVEL %s lets %i of two lines through', (level, count) => {
  if (level !== undefined) process.env['LOG_LEVEL'] = level;
  const lines = written(() => {
    log('INFO', 'a', {});
    log('ERROR', 'b', {});
  });
  expect(lines).toHaveLength(count);
});

test('a unit that failed for good says why', () => {
  const unit = { unit: 'aggregate', rows: 0, ms: 3, outcome: 'dead', tenant: 't01' } as const;
  const [line] = written(() => logUnit(unit, new Failure('invalid', 'bad-day', 'no such day')));
  expect(line).toMatchObject({
    level: 'ERROR',
    message: 'aggregate dead',
    code: 'bad-day',
    reason: 'no such day',
    ms: 3,
  });
});
