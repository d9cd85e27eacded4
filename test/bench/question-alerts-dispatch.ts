import { Failure } from '@rookery/kernel/failure';
import type { Content } from '@rookery/monitoring/notices/content';
import { dispatch, type Dispatched } from '@rookery/monitoring/notices/dispatch';
import { relay, type NotifyMessage } from '@rookery/monitoring/notices/outbox';
import { tell, type Desk, type Ending } from '@rookery/monitoring/notices/outbox-tell';
import { plain, time, type Line } from './line.ts';
import { atHand, weigh, type AlertPlace, type Weighed } from './question-alerts-place.ts';
import { noticesScript, tenantId } from './question-alerts.sql.ts';

const rules = 100;
const firing = (): number => 9;
// Longer than the interval of a group: each may tell again.
const interval = 6;

const told = (expected: number, done: Dispatched): Dispatched => {
  if (done.notices === expected && done.problems.length === 0) return done;
  throw new Failure(
    'unavailable',
    'bench-incomplete',
    `${done.notices} notices, not ${expected}: ${done.problems[0] ?? 'nobody says why'}`,
  );
};

const weight = ({ cpu, wall, node, statements }: Weighed<unknown>): string =>
  `${time(wall)} wall; ${time(cpu)} CPU of Postgres, ${time(node)} of Node; ${statements} statements`;

const inMs = (name: string, cost: Weighed<unknown> | undefined): Line[] =>
  cost === undefined ? [] : [plain(name, cost.wall, 'ms', undefined, weight(cost))];

/** A tick of the dispatch over 10,000 open alerts in 100 groups. */
export const dispatchLines = async (alerts: AlertPlace): Promise<Line[]> => {
  const { stage, begin, turn, tidy, pass } = alerts;
  const { ops } = stage.place;
  stage.say('alerts: dispatch');
  await begin(rules, { tells: true });
  const usual = atHand(100, firing);
  const more = atHand(110, firing);
  const later = (): Promise<Dispatched> => dispatch(ops, pass(interval));
  await turn(usual);
  const first = told(rules, await later());
  await tidy();
  const settle = async (): Promise<void> => {
    await turn(usual);
    await later();
  };
  const costs = await weigh(stage, {
    nothing: {
      prepare: settle,
      run: async () => told(0, await dispatch(ops, pass(1))),
    },
    looks: { prepare: settle, run: async () => told(0, await later()) },
    news: {
      prepare: async () => {
        await settle();
        await turn(more);
        await tidy();
      },
      run: async () => told(rules, await later()),
    },
  });
  const open = '10,000 open alerts in 100 groups';
  return [
    ...inMs(`A dispatch, ${open}, no group is due, wall`, costs['nothing']),
    ...inMs('the same, all groups are due and none has news', costs['looks']),
    ...inMs(`the same with 1,000 new alerts: ${first.notices} notices`, costs['news']),
  ];
};

const content: Content = {
  kind: 'firing',
  severity: 'error',
  template: null,
  group_labels: { rule: 'rule-1' },
  alerts: Array.from({ length: 10 }, (_, n) => ({
    id: `alert-${n}`,
    rule_id: 'rule-1',
    rule_name: 'Bounces of a mailbox',
    severity: 'error',
    state: 'firing',
    message: 'bounce rate is above 5 %',
    metric_name: 'mailbox.bounce_rate',
    labels: { mailbox_id: `mailbox-${n}` },
    value: 0.08,
    threshold: 0.05,
    triggered_at: '2026-03-02T00:00:00.000Z',
    resolved_at: null,
  })),
  more: 0,
  note: null,
};

const refuse = async (): Promise<never> => {
  throw new Failure('unavailable', 'bench-carries-nothing', 'notices in the product leave nothing');
};

/** 1,000 notices taken from the outbox to the queue, and told one after the other in the product. */
export const noticeLines = async (alerts: AlertPlace): Promise<Line[]> => {
  const { stage, now } = alerts;
  const { ops, warehouseAdmin: admin } = stage.place;
  stage.say('alerts: outbox');
  let queued: readonly NotifyMessage[] = [];
  const send = async (messages: readonly NotifyMessage[]): Promise<void> => {
    queued = messages;
  };
  const desk: Desk = {
    ops,
    unseal: refuse,
    carriers: { post: refuse, email: refuse, sms: refuse, pagerdutyUrl: '' },
    dashboardUrl: null,
    now,
    chance: () => 0.5,
  };
  const write = (): Promise<void> => admin.script(noticesScript(1_000, now(), content));
  const relayAll = async (): Promise<number> => (await relay({ ops, send, now: now() })).relayed;
  const costs = await weigh<'relay' | 'tell', number>(stage, {
    relay: { prepare: write, run: relayAll },
    tell: {
      prepare: () => write().then(relayAll),
      run: async () => {
        const endings: Ending[] = [];
        for (const { notice_id: id, attempt } of queued)
          endings.push(await tell(desk, { tenantId, id, attempt }));
        if (endings.length === 1_000 && endings.every((ending) => ending === 'sent')) return 1_000;
        throw new Failure('unavailable', 'bench-incomplete', `${endings.length} were told`);
      },
    },
  });
  return [
    ...inMs('1,000 due notices read for the queue, wall', costs['relay']),
    ...inMs('1,000 notices told in the product, one after the other, wall', costs['tell']),
  ];
};
