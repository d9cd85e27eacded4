import type { Labels } from '../alerts/sample.ts';
import { noticesOf, type Announcement, type Notice } from './notice.ts';
import type { Destination } from './receiver.ts';

/** A row of a tenant by its id. */
export type Key = { readonly tenantId: string; readonly id: string };

/** A row of `monitoring.alert_group` as it is to be. */
export type GroupRow = {
  readonly tenant_id: string;
  readonly id: string;
  readonly labels: Labels;
  readonly opened_at: Date;
  readonly next_flush_at: Date;
  readonly sent_at: Date | null;
  readonly firing: readonly string[];
  readonly stale: readonly string[];
  readonly destinations: readonly Destination[];
};

/** What an alert is told in one dispatch. */
export type ToldRow = Key & {
  isFiring: boolean;
  readonly sent: { channel: string; recipient: string; notice_id: string; at: string }[];
  readonly notes: string[];
};

/** A level of escalation that an alert reached. */
export type Escalated = Key & {
  readonly level: number;
  readonly round: number;
  readonly note: string;
  readonly destinations: readonly Destination[];
};

/** What a dispatch has decided, before any of it is written. */
export type Plan = {
  readonly now: Date;
  readonly notices: Notice[];
  readonly told: Map<string, ToldRow>;
  readonly groups: GroupRow[];
  readonly removed: Key[];
  readonly membership: (Key & { readonly groupId: string | null })[];
  readonly heldBack: Key[];
  readonly released: Key[];
  readonly escalated: Escalated[];
  /** Alerts whose end the levels of escalation heard of. */
  readonly ended: Key[];
  readonly reminded: Key[];
  readonly problems: string[];
};

/** A plan that nothing is decided in. */
export const emptyPlan = (now: Date): Plan => ({
  now,
  notices: [],
  told: new Map(),
  groups: [],
  removed: [],
  membership: [],
  heldBack: [],
  released: [],
  escalated: [],
  ended: [],
  reminded: [],
  problems: [],
});

// A cool-down counts from when it was last told that an alert fires; these tell something else of it.
const quiet = new Set<Announcement['kind']>(['reminder', 'acknowledged']);

type Sent = ToldRow['sent'][number];

// By alert: one of a large group is in one of the notices that its pager gets, and each that names it would be too many.
const sentOf = (plan: Plan, notices: readonly Notice[]): Map<string, Sent[]> => {
  const byAlert = new Map<string, Sent[]>();
  const at = plan.now.toISOString();
  for (const { channel, recipient, id, problem, alert_ids: alerts } of notices) {
    if (problem !== null) continue;
    const sent = { channel, recipient, notice_id: id, at };
    for (const alert of alerts) {
      const all = byAlert.get(alert);
      if (all === undefined) byAlert.set(alert, [sent]);
      else all.push(sent);
    }
  }
  return byAlert;
};

/** Adds the notices of an announcement to the plan, and to each of its alerts that it was told. */
export const announce = (plan: Plan, said: Announcement): void => {
  const notices = noticesOf(said);
  for (const notice of notices) plan.notices.push(notice);
  const byAlert = sentOf(plan, notices);
  for (const alert of said.alerts) {
    const sent = byAlert.get(alert.id);
    if (sent === undefined) continue;
    const key = JSON.stringify([said.tenantId, alert.id]);
    const row = plan.told.get(key) ?? {
      tenantId: said.tenantId,
      id: alert.id,
      isFiring: false,
      sent: [],
      notes: [],
    };
    plan.told.set(key, row);
    row.sent.push(...sent);
    const channels = [...new Set(sent.map(({ channel }) => channel))].join(', ');
    row.notes.push(`${said.kind} by ${channels}`);
    if (alert.state === 'firing' && !quiet.has(said.kind)) row.isFiring = true;
  }
};
