import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Labels, Want } from '@rookery/monitoring/alerts/sample';
import { at, openAlertRoom, sample, start, toldSource, type AlertRoom } from './alert-room.ts';

type Value = number | 'NaN' | 'Inf' | '-Inf' | '-0' | 'stale';
type Case = {
  readonly id: string;
  readonly rule: {
    readonly operator: string;
    readonly threshold: number;
    readonly for_minutes: number;
    readonly keep_firing_for_minutes: number;
    readonly evaluation_interval_seconds: number;
    readonly lookback_seconds: number;
    readonly scope: Labels;
  };
  readonly series: readonly {
    readonly labels: Labels;
    readonly samples: readonly { readonly t: number; readonly v: Value }[];
  }[];
  readonly expected: readonly {
    readonly labels: Labels;
    readonly evaluations: readonly {
      readonly t: number;
      readonly state: string;
      readonly active_at: number | null;
    }[];
  }[];
};

const names: Readonly<Record<string, number>> = { NaN, Inf: Infinity, '-Inf': -Infinity, '-0': -0 };
const valueOf = (value: Value): number =>
  typeof value === 'number' ? value : (names[value] ?? NaN);

// The cases are not in this repository: a clone without them says so.
const file = new URL('../../../shared/cases/alert-cases.json', import.meta.url);
const isThere = existsSync(file);
const where = isThere ? '' : ' (skipped: ../shared/cases/alert-cases.json is not here)';

let room: AlertRoom;
let cases: readonly Case[];
beforeAll(async () => {
  room = await openAlertRoom();
  if (!isThere) return;
  ({ cases } = JSON.parse(await readFile(file, 'utf8')) as { cases: readonly Case[] });
});
afterAll(() => room.close());

// The newest sample of each series as of the slot; one that says that its series ended is none.
const tell = ({ tenantId, slot }: Want) =>
  cases
    .find(({ id }) => id === tenantId)!
    .series.flatMap(({ labels, samples }) => {
      const newest = samples.findLast(({ t }) => at(t) <= slot);
      return newest === undefined || newest.v === 'stale'
        ? []
        : [sample(valueOf(newest.v), { labels, at: at(newest.t) })];
    });

const addRules = async (): Promise<void> => {
  for (const { id, rule } of cases)
    await room.addRule({
      tenant_id: id,
      comparison_operator: rule.operator,
      threshold: rule.threshold,
      duration_minutes: rule.for_minutes,
      keep_firing_minutes: rule.keep_firing_for_minutes,
      evaluation_interval: rule.evaluation_interval_seconds,
      lookback_seconds: rule.lookback_seconds,
      scope: JSON.stringify({
        matchers: Object.entries(rule.scope).map(([label, value]) => ({ label, op: '=', value })),
      }),
    });
};

type Stood = {
  readonly tenant_id: string;
  readonly labels: Labels;
  readonly state: string;
  readonly active_at: string;
};
const told = (id: string, labels: Labels, t: number, state: string, active: number | null) =>
  `${id} ${JSON.stringify(Object.entries(labels).toSorted())} at ${t}: ${state} since ${active}`;

test.skipIf(!isThere)(
  `355 evaluations of Prometheus come out the same, over the real evaluator and Postgres${where}`,
  async () => {
    await addRules();
    const ends = cases.flatMap(({ expected }) =>
      expected.flatMap(({ evaluations }) => evaluations.map(({ t }) => t)),
    );
    const found: string[] = [];
    const wanted: string[] = [];
    for (let t = 0; t <= Math.max(...ends); t += 30) {
      const { problems } = await room.evaluate({
        at: at(t),
        sources: [toldSource(tell)],
        edge: 'inclusive',
      });
      expect(problems).toEqual([]);
      const stood = await room.rows<Stood>('tenant_id, labels, state, active_at', 'alert_state');
      for (const { id, expected } of cases)
        for (const { labels, evaluations } of expected)
          for (const { t: when, state, active_at } of evaluations.filter((one) => one.t === t)) {
            wanted.push(told(id, labels, when, state, active_at));
            const row = stood.find(
              (one) =>
                one.tenant_id === id &&
                told('', one.labels, 0, '', 0) === told('', labels, 0, '', 0),
            );
            const since =
              row === undefined ? null : (Date.parse(row.active_at) - start.getTime()) / 1_000;
            found.push(told(id, labels, t, row?.state ?? 'inactive', since));
          }
    }

    expect(found).toHaveLength(355);
    expect(found).toEqual(wanted);
    const [open] = await room.rows<{ open: number }>(
      `count(*) - count(distinct (tenant_id, alert_rule_id, fingerprint)) as open`,
      `tb_alert where resolved_at is null`,
    );
    expect(open).toEqual({ open: 0 });
  },
);
