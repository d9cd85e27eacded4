import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { dispatch, type Dispatched } from '@rookery/monitoring/notices/dispatch';
import type { Matcher } from '@rookery/monitoring/alerts/matcher';
import { deep } from '../world/depth.ts';
import { openNoticeBook, type Entry, type NoticeBook } from '../world/notices.ts';
import { openWorld, type World } from '../world/world.ts';
import { ask } from './ask.ts';

/** When the moved clock of these tests begins. */
export const start = new Date('2026-03-02T10:00:00.000Z');

/** So many seconds on the moved clock. */
export const second = (seconds: number): Date =>
  new Date(start.getTime() + Math.round(seconds * 1000));

const text = (value: unknown): string => `'${String(value).replaceAll("'", "''")}'`;
const json = (value: unknown): string => `${text(JSON.stringify(value))}::jsonb`;
const at = (seconds: number): string => `${text(second(seconds).toISOString())}::timestamptz`;

/** What a test says of a rule. */
export type RuleWish = {
  readonly id?: string;
  readonly tenant?: string;
  readonly severity?: string;
  readonly channels?: readonly string[];
  readonly recipients?: unknown;
  readonly groupBy?: readonly string[];
  readonly wait?: number;
  readonly interval?: number;
  readonly repeat?: number;
  readonly mostPerHour?: number | null;
  readonly policy?: string | null;
  readonly escalationDelay?: number | null;
};

/**
 * Writes a rule that tells ops by e-mail: waits 2 s, looks each 4 s, repeats after 10 s, as Alertmanager did when it was
 * watched.
 */
export const rule = (world: World, wish: RuleWish = {}): Promise<void> => {
  const { mostPerHour = null, policy = null, escalationDelay = null } = wish;
  const channels = (wish.channels ?? ['email']).map(text).join(', ');
  return world.admin
    .script(`insert into monitoring.tb_alert_rule (id, tenant_id, name, severity, metric_name,
    comparison_operator, threshold, notification_channels, notification_recipients, group_by, group_wait_seconds,
    group_interval_seconds, repeat_interval_seconds, max_alerts_per_hour, escalation_policy_id, escalation_delay, created_by)
  values (${text(wish.id ?? 'r')}, ${text(wish.tenant ?? 't')}, ${text(`rule ${wish.id ?? 'r'}`)},
    ${text(wish.severity ?? 'warning')}, 'campaign.bounce_rate', 'gt', 5,
    array[${channels}]::monitoring.notification_channel[], ${json(wish.recipients ?? { email: ['ops@x'] })},
    array[${(wish.groupBy ?? ['rule']).map(text).join(', ')}]::text[], ${wish.wait ?? 2}, ${wish.interval ?? 4},
    ${wish.repeat ?? 10}, ${mostPerHour}, ${policy === null ? 'null' : text(policy)}, ${escalationDelay}, 'test')`);
};

/** What a test says of an alert; its name is a label, too. */
export type AlertWish = {
  readonly id?: string;
  readonly rule?: string;
  readonly tenant?: string;
  readonly severity?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly coolDownUntil?: number;
  readonly shadow?: boolean;
};

/** Raises an alert of a series as the evaluation does. */
export const fire = (
  world: World,
  name: string,
  seconds: number,
  wish: AlertWish = {},
): Promise<void> => {
  const until = wish.coolDownUntil;
  return world.admin
    .script(`insert into monitoring.tb_alert (id, tenant_id, alert_rule_id, status, severity, message,
    current_value, threshold, triggered_at, labels, metadata, suppressed_reason, suppressed_until)
  values (${text(wish.id ?? `${name}@${seconds}`)}, ${text(wish.tenant ?? 't')}, ${text(wish.rule ?? 'r')},
    ${until === undefined ? "'active'" : "'suppressed'"}, ${text(wish.severity ?? 'warning')}, ${text(`${name} is bad`)},
    7.1, 5, ${at(seconds)}, ${json({ name, ...wish.labels })}, ${json(wish.shadow === true ? { shadow: true } : {})},
    ${until === undefined ? 'null, null' : `'cool-down', ${at(until)}`})`);
};

/** Ends the open alert of a series as the evaluation does: one that was held back stays suppressed. */
export const end = (world: World, name: string, seconds: number, tenant = 't'): Promise<void> =>
  world.admin.script(`update monitoring.tb_alert set resolved_at = ${at(seconds)},
    status = case status when 'suppressed' then status else 'resolved' end
  where tenant_id = ${text(tenant)} and labels ->> 'name' = ${text(name)} and resolved_at is null`);

/** Acknowledges the open alert of a series as the API does. */
export const acknowledge = (
  world: World,
  name: string,
  seconds: number,
  until: number | null = null,
): Promise<void> =>
  world.admin
    .script(`update monitoring.tb_alert set status = 'acknowledged', acknowledged_at = ${at(seconds)},
    acknowledged_by = 'ann', acknowledged_until = ${until === null ? 'null' : at(until)}
  where labels ->> 'name' = ${text(name)} and resolved_at is null`);

/** Silences alerts by their labels. */
export const silence = (
  world: World,
  from: number,
  to: number,
  matchers: readonly Matcher[],
): Promise<void> =>
  world.admin
    .script(`insert into monitoring.silence (id, tenant_id, matchers, starts_at, ends_at, comment, created_by)
  values (${text(['s', from, to, ...matchers.map(({ value }) => value)].join('-'))}, 't', ${json(matchers)}, ${at(from)}, ${at(to)}, 'being mended', 'ann')`);

/** Matchers that want a label to have a value. */
export const where = (label: string, value: string): Matcher[] => [{ label, op: '=', value }];

/** Lets alerts that the source matches inhibit those that the target matches. */
export const inhibit = (
  world: World,
  source: readonly Matcher[],
  target: readonly Matcher[],
  equal: readonly string[],
): Promise<void> =>
  world.admin.script(`insert into monitoring.alert_inhibition
    (id, tenant_id, name, source_matchers, target_matchers, equal, created_by)
  values ('i', 't', 'the host is down', ${json(source)}, ${json(target)}, array[${equal.map(text).join(', ')}]::text[], 'ann')`);

// Waits are whole seconds and alerts come at a whole one, a tenth or two tenths after: nothing is due at another moment.
const isLook = (tenth: number, first: number): boolean =>
  deep || tenth === first || tenth % 10 <= 2;

/** Dispatches from one moment to another: at each tenth of a second in the deep run, else at those where something is due. */
export const run = async (world: World, from: number, to: number): Promise<void> => {
  const first = Math.round(from * 10);
  for (let tenth = first; tenth <= Math.round(to * 10); tenth += 1)
    if (isLook(tenth, first)) await dispatch(world.ops, second(tenth / 10));
};

/** Dispatches once. */
export const tick = (world: World, seconds: number): Promise<Dispatched> =>
  dispatch(world.ops, second(seconds));

/** A notice in one line: second, kind, alerts. */
export const line = ({ at: moment, kind, alerts }: Entry): string =>
  `${(moment.getTime() - start.getTime()) / 1000} ${kind}: ${alerts.join(', ')}`;

/** How the alerts of the tests stand, by name. */
export const standing = (world: World): Promise<Record<string, unknown>[]> =>
  ask(
    world.admin,
    `select labels ->> 'name' as name, status, suppressed_reason as reason, notified_at is not null as told
    from monitoring.tb_alert order by triggered_at, id`,
  );

/** What an alert went through. */
export const transitions = async (world: World, id: string): Promise<string[]> =>
  (
    await ask<{ kind: string }>(
      world.admin,
      `select kind from monitoring.alert_transition where alert_id = ${text(id)} order by id`,
    )
  ).map(({ kind }) => kind);

/** Empties all that has to do with alerts. */
export const clear = (world: World): Promise<void> =>
  world.admin
    .script(`truncate monitoring.notice, monitoring.alert_group, monitoring.silence, monitoring.alert_inhibition,
    monitoring.alert_escalation, monitoring.alert_transition, monitoring.tb_alert, monitoring.tb_escalation_policy,
    monitoring.maintenance_window cascade;
  delete from monitoring.tb_alert_rule; delete from monitoring.tb_service_health`);

/**
 * Hands a world without alerts and its book of notices to each test of a file; a notice that a test did not look at fails
 * it.
 */
export const useNotices = (
  take: (opened: { readonly world: World; readonly book: NoticeBook }) => void,
): void => {
  let world: World;
  let book: NoticeBook;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await clear(world);
    book = await openNoticeBook(world.admin);
    take({ world, book });
  });
  afterEach(() => book.closed());
};
