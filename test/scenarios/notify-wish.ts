import type { Content, ToldAlert } from '@rookery/monitoring/notices/content';
import type { Sink } from '../../infra/local/sink.ts';

/** The tenant of these tests. */
export const tenant = 'heron';

/** An alert to be told. */
export const alert = (given: Partial<ToldAlert> = {}): ToldAlert => ({
  id: 'al_1',
  rule_id: 'r1',
  rule_name: 'Bounces of a mailbox',
  severity: 'error',
  state: 'firing',
  message: 'bounce rate is above 5 %',
  metric_name: 'mailbox.bounce_rate',
  labels: { mailbox_id: 'm1' },
  value: 0.0823,
  threshold: 0.05,
  triggered_at: '2026-11-20T10:00:00.000Z',
  resolved_at: null,
  ...given,
});

/** What a notice tells. */
export const content = (given: Partial<Content> = {}): Content => ({
  kind: 'firing',
  severity: 'error',
  template: null,
  group_labels: { rule: 'r1' },
  alerts: [alert()],
  more: 0,
  note: null,
  ...given,
});

/** A notice as a test writes it into the outbox. */
export type Wish = {
  readonly id: string;
  readonly channel: string;
  readonly recipient: string;
  readonly content?: Content;
  readonly groupId?: string;
  readonly at?: Date;
};

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The statement that writes a notice. */
export const insert = ({
  id,
  channel,
  recipient,
  content: told = content(),
  groupId,
  at,
}: Wish): string =>
  `insert into monitoring.notice (tenant_id, id, dedup_key, kind, channel, recipient, group_id, alert_ids, content, created_at, next_attempt_at)
   values ('${tenant}', '${id}', '${id}', '${told.kind}', '${channel}', ${text(recipient)}, ${groupId === undefined ? 'null' : `'${groupId}'`},
     array[${told.alerts.map((one) => `'${one.id}'`).join(', ')}]::text[], ${text(JSON.stringify(told))},
     '${(at ?? new Date()).toISOString()}', '${(at ?? new Date()).toISOString()}')`;

/** A notice that says its id in every channel, so that a sink can count it. */
export const named = (id: string): Pick<Wish, 'id' | 'content'> => ({
  id,
  content: content({ alerts: [alert({ rule_name: `<<${id}>>` })] }),
});

/** The ids of such notices that arrived since then, as often as they did. */
export const toldSince = (sink: Sink, before: number): string[] =>
  sink
    .arrivals()
    .slice(before)
    .map(({ title, text: body }) => /<<(.*?)>>/.exec(`${title} ${body}`)?.[1] ?? `no id: ${title}`);
