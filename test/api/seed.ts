import { reconcile } from '@rookery/warehouse/reconcile/reconcile';
import { emails, rowsOf, tenant, warmup, warmupMessages } from '../world/builders.ts';
import type { Desk } from '../world/desk.ts';
import { seedMonitoring } from './seed-monitoring.ts';

/** A tenant of the tests; `mark` is in every id that is its own, and nowhere else. */
export type Seeded = {
  readonly tenant_id: string;
  readonly timezone: string;
  readonly mark: string;
  readonly size: number;
};

/** Three tenants in three zones, with ids that mean something to a URL or to SQL. */
export const tenants = [
  { tenant_id: 'alder~Qa7z', timezone: 'Europe/Berlin', mark: '~Qa7z', size: 60 },
  { tenant_id: "birch's~Qb8z", timezone: 'America/Los_Angeles', mark: '~Qb8z', size: 83 },
  { tenant_id: 'cedar%2F~Qc9z', timezone: 'Asia/Kolkata', mark: '~Qc9z', size: 45 },
] as const satisfies readonly Seeded[];

/** Ids that every tenant has, each for something else. */
export const sharedIds = ['a.csv', 'ü/ö', '%2F', "'--", 'x'.repeat(200)] as const;

const ownIds = ({ mark }: Seeded): string[] =>
  ['plain', '=1+1', '"q"; \t'.trim(), '🙂', '%00', '../..', '.ndjson'].map((id) => `${id}${mark}`);

const dayMs = 86_400_000;
const fixed = ['2024-06-01', '2025-01-10', '2025-02-14', '2025-03-05', '2025-03-06', '2025-03-30'];

// Around now for the default range, and in the months that examples name.
const moments = (): string[] => [
  ...fixed.map((day) => `${day}T12:00:00Z`),
  ...[0, 1, 2, 3, 6, 12, 20, 28, 33, 45].map((days) =>
    new Date(Date.now() - days * dayMs - 3_600_000).toISOString(),
  ),
];

const minuteAfter = (moment: string): string => new Date(Date.parse(moment) + 60_000).toISOString();

const stepsOf = ({
  mark,
}: Seeded): { step_id: string; position: number; variant: string | null }[] => [
  { step_id: 's1', position: 1, variant: null },
  { step_id: 'ü/ö', position: 2, variant: 'A' },
  { step_id: `s2b${mark}`, position: 2, variant: 'B' },
  { step_id: `s3${mark}`, position: 3, variant: null },
];

const outcomes = [
  {},
  { opened: 1, open_kind: 'human' },
  { opened: 1, clicked: 1, open_kind: 'machine' },
  { opened: 1, replied: 1, reply_kind: 'human' },
  { bounce_type: 'hard' },
  { replied: 1, reply_kind: 'automatic' },
  { unsubscribed: 1 },
] as const;

const stamped = (outcome: (typeof outcomes)[number], moment: string) =>
  Object.fromEntries(
    Object.entries(outcome).map(([key, value]) => [key, value === 1 ? minuteAfter(moment) : value]),
  );

const lateEmails = (seeded: Seeded, from: number, count: number, at: readonly string[]) => {
  const campaigns = [...sharedIds, ...ownIds(seeded)];
  const steps = stepsOf(seeded);
  const mailboxes = ['a.csv', 'ü/ö', `box${seeded.mark}`, `"box"${seeded.mark}`];
  const leads = [...sharedIds, ...Array.from({ length: 17 }, (_, i) => `lead-${i}${seeded.mark}`)];
  return Array.from({ length: count }, (_, k) => {
    const i = from + k;
    const moment = at[i % at.length] ?? '';
    return {
      tenant_id: seeded.tenant_id,
      company_id: `co-${i % 2}${seeded.mark}`,
      campaign_id: campaigns[(i * 5) % campaigns.length] ?? '',
      step_id: steps[(i * 3) % steps.length]?.step_id ?? '',
      mailbox_id: mailboxes[i % mailboxes.length] ?? '',
      lead_id: leads[(i * 7) % leads.length] ?? '',
      sent_at: moment,
      ...stamped(outcomes[i % outcomes.length] ?? {}, moment),
    };
  });
};

const source = async ({ world: { admin } }: Desk, seeded: Seeded): Promise<void> => {
  const { tenant_id, mark, timezone, size } = seeded;
  await tenant(admin, { tenant_id, timezone, name: `name${mark}`, billing_anchor: 3 });
  const campaigns = [...sharedIds, ...ownIds(seeded)];
  const steps = stepsOf(seeded);
  await rowsOf(
    admin,
    'sequence_steps',
    campaigns.flatMap((campaign_id) => steps.map((step) => ({ tenant_id, campaign_id, ...step }))),
  );
  const at = moments();
  const common = { tenant_id, company_id: `co-0${mark}` };
  await rowsOf(admin, 'subscriptions', [
    { tenant_id, subscription_id: `sub${mark}`, plan: 'p', quota_emails: 100, starts_at: at[0] },
  ]);
  await emails(admin, lateEmails(seeded, 0, size, at));
  for (const mailbox_id of ['a.csv', `box${mark}`]) {
    await warmup(admin, { ...common, mailbox_id, started_at: at[at.length - 3] ?? '' });
    await warmupMessages(
      admin,
      at.map((sent_at, i) => ({
        ...common,
        mailbox_id,
        message_id: `${mailbox_id}-${i}${mark}`,
        sent_at,
        ...(i % 3 === 0 ? { replied: minuteAfter(sent_at) } : {}),
      })),
    );
  }
};

// Literals: the marks and ids of this file only.
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const audit = async ({ world: { admin } }: Desk, { tenant_id, mark }: Seeded): Promise<void> => {
  // Three days ago may have been another month.
  await admin.script(`
    select olap.ensure_partitions(current_date - 5, current_date);
    insert into olap.admin_audit_log
      (tenant_id, creation_time, admin_user_id, action, resource_type, resource_id, new_values, notes)
    select ${quoted(tenant_id)}, now() - interval '3 days' - i % 5 * interval '1 minute', 'admin-' || i % 3 || ${quoted(mark)},
      (array['user.suspended', 'plan.changed', '=cmd'])[1 + i % 3], 'user', 'user-' || i % 4,
      jsonb_build_object('secret', ${quoted(mark)}), 'note ' || i || ${quoted(mark)}
    from generate_series(1, 12) i`);
};

// What is held is older than anything else here, so that nothing is kept by it; the events are of this hour.
const compliance = async (
  { world: { admin } }: Desk,
  { tenant_id, mark }: Seeded,
): Promise<void> => {
  const [tenant, own] = [quoted(tenant_id), quoted(mark)];
  await admin.script(`
    insert into monitoring.legal_hold (tenant_id, table_name, held_from, held_until, reason, placed_by, placed_at)
    select ${tenant}, (array['admin_audit_log', 'tb_audit_event'])[1 + i % 2], '2019-01-01', '2019-04-01', 'Case ' || i || ${own},
      'ann' || ${own}, now() - i * interval '1 day'
    from generate_series(1, 9) i;
    insert into monitoring.rejected_event (tenant_id, id, code, event, door, reason, received_at)
    select ${tenant}, gen_random_uuid(), (array['event-unknown', 'properties-invalid'])[1 + i % 2], 'event_' || i % 4 || ${own},
      (array['http', 'bus'])[1 + i % 2], 'Reason ' || i || ${own}, now()
    from generate_series(1, 12) i;
    insert into olap.external_daily (tenant_id, day, metric, value, source)
    select ${tenant}, current_date - i, metric, 10 * i + length(metric), 'posthog'
    from generate_series(1, 40, 3) i, unnest(array['product_active_users', 'plan_upgrades']) metric`);
};

/**
 * Fills the world for one tenant through the real aggregation: campaigns, mailboxes, warm-ups, steps with variants,
 * leads, billing periods open and closed with adjustments, audit entries, legal holds, rejected events, and all of monitoring.
 */
export const seed = async (desk: Desk, seeded: Seeded): Promise<void> => {
  const { world } = desk;
  await source(desk, seeded);
  await desk.settle();
  const books = { source: world.source, warehouse: world.etl, send: async () => {} };
  await reconcile(books, seeded.tenant_id, new Date());
  // Too late for the period that has just been closed.
  await emails(
    world.admin,
    lateEmails(seeded, 500, 6, ['2025-01-11T12:00:00Z', '2025-03-06T12:00:00Z']),
  );
  await desk.settle();
  await audit(desk, seeded);
  await compliance(desk, seeded);
  await seedMonitoring(world, seeded);
};
