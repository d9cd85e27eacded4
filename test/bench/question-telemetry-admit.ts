import { admitEvent } from '@rookery/telemetry/admit';
import { plan } from '@rookery/telemetry/plan/plan';
import type { Entry } from '@rookery/telemetry/plan/entry';
import { figure, type Bound, type Line } from './line.ts';
import { competeHere } from './measure-here.ts';
import type { Cost } from './measure.ts';
import { eventsOf } from './telemetry-events.ts';

const rounds = 40;

/** A line that divides what an event costs in two ways, in µs of CPU. */
export const perEvent = (
  name: string,
  ours: Cost,
  theirs: Cost,
  { events, bound }: { readonly events: number; readonly bound?: Bound },
): Line => ({
  name,
  measured: `${figure((1_000 * ours.cpu) / events)} µs / ${figure((1_000 * theirs.cpu) / events)} µs of CPU an event`,
  value: ours.cpu / theirs.cpu,
  unit: '×',
  bound,
});

/** Holding an event against the plan, against what of it cannot be saved: zod alone, and reading the JSON. */
export const admitLines = async (say: (progress: string) => void): Promise<Line[]> => {
  say('telemetry: admission');
  const receivedAt = new Date();
  const arrival = { tenantId: 'heron', door: 'http', receivedAt } as const;
  const sent = eventsOf(receivedAt, 0);
  const known: Readonly<Record<string, Entry>> = plan;
  const pairs = sent.map(
    ({ event, properties }) => [known[event]?.properties, properties] as const,
  );
  const texts = sent.map((event) => JSON.stringify(event));
  const each = <T>(all: readonly T[], work: (one: T) => unknown) => ({
    run: async () => {
      let done = 0;
      for (let round = 0; round < rounds; round += 1)
        for (const one of all) if (work(one) !== undefined) done += 1;
      return done;
    },
  });
  const run = await competeHere(7, {
    admit: each(sent, (event) => ('envelope' in admitEvent(event, arrival) ? true : undefined)),
    zod: each(pairs, ([schema, properties]) => schema?.safeParse(properties).success),
    json: each(texts, (text) => JSON.parse(text) as unknown),
  });
  const events = rounds * sent.length;
  if (run.admit.result !== events) throw new Error('the plan refuses its own examples');
  return [
    perEvent('admit() of an event / zod over its properties alone', run.admit, run.zod, { events }),
    perEvent('admit() of an event / JSON.parse of it', run.admit, run.json, { events }),
  ];
};
