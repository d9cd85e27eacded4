import { expect, test } from 'vitest';
import { functions, queues, schedules } from '../topology.ts';
import { alarmsOf } from './alarm-list.ts';
import { dashboardBody } from './dashboard-body.ts';
import { columns, rows } from './dashboard-grid.ts';
import { logFilters } from './log-filters.ts';
import { stageOf } from './stage.ts';

const nameOf = (thing: string) => `rookery-x-${thing}`;
const stages = ['production', 'staging', 'pr-7'] as const;

const built = (name: string) => {
  const stage = stageOf(name);
  const alarms = alarmsOf({ stage, nameOf, apiId: 'api1' }).map((each) => `arn:${each.name}`);
  return dashboardBody({ stage, nameOf, region: 'eu-central-1', apiId: 'api1' }, alarms);
};

type Drawn = readonly (string | { readonly stat: string; readonly label: string })[];

const drawn = (name: string): readonly Drawn[] =>
  built(name).widgets.flatMap(({ type, properties }) =>
    type === 'metric' ? (properties['metrics'] as Drawn[]) : [],
  );

test.each(stages)('%s: no panel lies on another, and none sticks out', (stage) => {
  const taken = built(stage).widgets.flatMap(({ x, y, width, height }) =>
    Array.from(
      { length: width * height },
      (_, nth) => `${x + (nth % width)} ${y + Math.floor(nth / width)}`,
    ),
  );
  const wide = built(stage).widgets.filter(({ x, width }) => x < 0 || x + width > columns);

  expect(new Set(taken).size).toBe(taken.length);
  expect(wide).toEqual([]);
});

test('rows lie below each other, each below its heading', () => {
  const panel = { type: 'text', width: 12, properties: {} } as const;
  const laid = rows([
    { height: 3, panels: [panel, panel] },
    { title: 'Second', height: 2, panels: [panel] },
  ]);

  expect(laid.map(({ x, y, width, height }) => [x, y, width, height])).toEqual([
    [0, 0, 12, 3],
    [12, 0, 12, 3],
    [0, 3, 24, 1],
    [0, 4, 12, 2],
  ]);
});

test.each(stages)('%s: every panel shows things that are there', (stage) => {
  const queueNames = Object.keys(queues).flatMap((name) => [name, `${name}-dlq`]);
  const known: Readonly<Record<string, readonly string[]>> = {
    FunctionName: Object.keys(functions).map(nameOf),
    QueueName: [...queueNames, 'firings-dlq', 'bus-dlq'].map(nameOf),
    ApiId: ['api1'],
    Job: Object.values(schedules).map(({ job }) => job),
  };
  const unknown = drawn(stage).filter(([, metric, dimension, value]) =>
    typeof dimension === 'string' && typeof value === 'string'
      ? !known[dimension]?.includes(value)
      : !logFilters.some((each) => each.metric === metric && each.dimensions === undefined),
  );

  expect(drawn(stage).length).toBeGreaterThan(100);
  expect(unknown).toEqual([]);
});

test.each(stages)('%s: it stays within what CloudWatch takes', (stage) => {
  const { widgets } = built(stage);
  const metrics = widgets.map(
    ({ properties }) => (properties['metrics'] as Drawn[] | undefined) ?? [],
  );
  const shown = widgets.flatMap(
    ({ properties }) => (properties['alarms'] as string[] | undefined) ?? [],
  );

  expect(widgets.length).toBeLessThanOrEqual(500);
  expect(Math.max(...metrics.map((each) => each.length))).toBeLessThanOrEqual(500);
  expect(metrics.flat().length).toBeLessThanOrEqual(2_500);
  expect(shown.length).toBeGreaterThan(30);
  expect(shown.length).toBeLessThanOrEqual(100);
});
