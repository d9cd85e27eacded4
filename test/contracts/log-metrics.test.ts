import type { Context, SQSEvent } from 'aws-lambda';
import { expect, test, vi } from 'vitest';
import * as z from 'zod';
import { scheduleFunction } from '@rookery/lambda/schedule';
import { queueFunction } from '@rookery/lambda/queue';
import { refuseBroken } from '@rookery/warehouse/audit/checkpoint-run';
import { logFilters, type LogFilter } from '../../infra/aws/log-filters.ts';
import { functions, schedules } from '../../infra/topology.ts';
import { matches } from './filter-pattern.ts';

type Line = Readonly<Record<string, unknown>>;

// What a function writes into its log, line by line.
const logged = async (work: () => Promise<unknown>): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(JSON.parse(String(text)) as Line);
    return true;
  });
  vi.stubEnv('LOG_LEVEL', 'INFO');
  await work().catch(() => undefined);
  spy.mockRestore();
  return lines;
};

const context = {
  awsRequestId: 'r1',
  getRemainingTimeInMillis: () => 60_000,
} as unknown as Context;

const fire = (scheduledTime: string, run: () => Promise<{ unit: string; rows: number }>) =>
  logged(() =>
    scheduleFunction({ jobs: ['alerts'], run })({ job: 'alerts', scheduledTime }, context),
  );

const filterOf = (metric: LogFilter['metric']): LogFilter =>
  logFilters.find((each) => each.metric === metric)!;

const found = (metric: LogFilter['metric'], lines: readonly Line[]) => {
  const { pattern, value, dimensions = {} } = filterOf(metric);
  const read = (line: Line, text: string) => (text.startsWith('$.') ? line[text.slice(2)] : text);
  return lines
    .filter((line) => matches(pattern, line))
    .map((line) => [
      read(line, value),
      ...Object.values(dimensions).map((each) => read(line, each)),
    ]);
};

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const done = async () => ({ unit: 'alerts', rows: 3 });

test('a firing that is done is one value of the lag of its job, in milliseconds since its slot', async () => {
  const lines = await fire(ago(4_000), done);

  expect(lines).toHaveLength(1);
  expect(found('JobLag', lines)).toEqual([[expect.closeTo(4_000, -3), 'alerts']]);
});

test('a firing that failed is none, and neither is one of the day before yesterday, which somebody fired by hand', async () => {
  const failed = await fire(ago(4_000), () => Promise.reject(new Error('lost')));
  const late = await fire(ago(2 * 86_400_000), done);

  expect(failed).toMatchObject([{ outcome: 'retry', job: 'alerts' }]);
  expect(late).toMatchObject([{ outcome: 'done', job: 'alerts' }]);
  expect(found('JobLag', [...failed, ...late])).toEqual([]);
});

test.each([
  [0, []],
  [7, [[7]]],
])('a count that found %i days of drift', async (drift, values) => {
  const handler = queueFunction({
    name: 'reconcile',
    schema: z.object({}),
    deadLetterUrl: () => 'none',
    handle: async () => ({ unit: 'reconcile', rows: 9, drift }),
  });
  const attributes = { ApproximateReceiveCount: '1' };
  const event = { Records: [{ messageId: 'm1', body: '{}', attributes }] } as SQSEvent;
  const lines = await logged(async () => handler(event, context));

  expect(lines).toHaveLength(1);
  expect(found('Drift', lines)).toEqual(values);
});

test('a chain that does not hold is told once a try; any other failure is not', async () => {
  const broken = [{ tenantId: 't01', seq: 4, why: 'changed' }] as unknown as Parameters<
    typeof refuseBroken
  >[0];
  const lines = await fire(ago(1_000), async () => {
    refuseBroken(broken);
    return { unit: 'checkpoints', rows: 0 };
  });
  const other = await fire(ago(1_000), () => Promise.reject(new Error('lost')));

  expect(found('AuditChainBroken', [...lines, ...other])).toEqual([['1']]);
});

test('the logs that are read are those of the functions that write such lines', () => {
  const of = (metric: LogFilter['metric']) =>
    filterOf(metric).of.map((name) => functions[name].handler);

  expect(filterOf('JobLag').of.toSorted()).toEqual(
    [...new Set(Object.values(schedules).map((each) => each.function))].toSorted(),
  );
  expect(of('Drift')).toEqual(['functions/queue/reconcile.ts']);
  expect(of('AuditChainBroken')).toEqual(['functions/schedule/checkpoints.ts']);
});
