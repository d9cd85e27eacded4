import { sql, type RawBuilder } from 'kysely';
import type { Db } from '@rookery/db/pool';
import { statement, type Statement } from '@rookery/db/statement';

/** Which changes happen, when, and to how many e-mails; the seed chooses the e-mails. */
export type DemoChanges = {
  readonly seed: number;
  readonly now: Date;
  readonly count: number;
};

type Change = Statement<DemoChanges, { changed: 'int8' }>;

// Stable whatever the order of the rows on disk, and another choice for every kind and seed.
const luck = ({ seed }: DemoChanges, kind: string): RawBuilder<unknown> =>
  sql`md5(email_id || ${`/${kind}/${seed}`})`;

// The promise of updated_at is the database's clock; a test that runs in the future is later still.
const stamp = ({ now }: DemoChanges): RawBuilder<unknown> =>
  sql`greatest(${now}::timestamptz, now())`;

const chosen = (params: DemoChanges, kind: string, which: RawBuilder<unknown>) => sql`
  chosen as (
    select * from source.emails
    where sent_at < ${params.now} and ${which}
    order by ${luck(params, kind)}
    limit ${params.count}
  )`;

const count = sql`select count(*) as changed from written`;

const example: DemoChanges = { seed: 1, now: new Date('2025-03-31T12:00:00Z'), count: 1 };

const change = (
  title: string,
  kind: string,
  which: RawBuilder<unknown>,
  set: (params: DemoChanges) => RawBuilder<unknown>,
): Change => ({
  title,
  on: 'source',
  columns: { changed: 'int8' },
  example,
  sql: (params) => sql`
      with ${chosen(params, kind, which)},
      written as (
        update source.emails
        set ${set(params)}, updated_at = ${stamp(params)}
        where email_id in (select email_id from chosen)
        returning 1
      )
      ${count}`,
});

const untouched = sql`delivered_at is not null and bounce_type is null and complaint is null`;
// A tenant whose provider never told a person from a machine does not begin to now.
const toldKind = (column: 'open_kind' | 'reply_kind') => sql`
  ${sql.raw(column)} = case when tenant_id in (
    select tenant_id from source.emails where ${sql.raw(column)} is not null
  ) then 'human' end`;

/** Someone reads an old e-mail at last. */
export const openLate = statement(
  change(
    'demo: late opens',
    'open',
    sql`${untouched} and opened is null`,
    ({ now }) => sql`opened = ${now}, status = 'opened', ${toldKind('open_kind')}`,
  ),
);

/** Someone answers an old e-mail. */
export const replyLate = statement(
  change(
    'demo: late replies',
    'reply',
    sql`${untouched} and replied is null`,
    ({ now }) => sql`replied = ${now}, status = 'replied', ${toldKind('reply_kind')}`,
  ),
);

/** A delivered e-mail comes back after all. */
export const bounceLate = statement(
  change(
    'demo: late bounces',
    'bounce',
    sql`${untouched} and opened is null and replied is null`,
    () => sql`bounce_type = 'hard', status = 'bounced'`,
  ),
);

/** A recipient presses the spam button. */
export const complainLate = statement(
  change(
    'demo: late complaints',
    'complaint',
    untouched,
    ({ now }) => sql`complaint = ${now}, status = 'complained'`,
  ),
);

/** E-mails are moved to another campaign of their tenant, of the same company if there is one. */
export const moveCampaign: Change = statement({
  title: 'demo: e-mails moved to another campaign',
  on: 'source',
  columns: { changed: 'int8' },
  example,
  sql: (params) => sql`
    with ${chosen(params, 'campaign', sql`true`)},
    places as (
      select distinct tenant_id, company_id, campaign_id, step_id from source.emails
    ),
    moves as (
      select chosen.email_id, chosen.tenant_id, chosen.lead_id, chosen.campaign_id as old, place.*
      from chosen
      cross join lateral (
        select places.company_id, places.campaign_id, places.step_id
        from places
        where places.tenant_id = chosen.tenant_id and places.campaign_id <> chosen.campaign_id
        order by
          places.company_id = chosen.company_id desc,
          md5(places.step_id || chosen.email_id)
        limit 1
      ) as place
    ),
    newcomers as (
      insert into source.leads (tenant_id, campaign_id, lead_id, status, completed_at, updated_at)
      select distinct lead.tenant_id, moves.campaign_id, lead.lead_id, 'active', null::timestamptz, ${stamp(params)}
      from moves
      join source.leads lead on (lead.tenant_id, lead.campaign_id, lead.lead_id)
        = (moves.tenant_id, moves.old, moves.lead_id)
      on conflict do nothing
    ),
    written as (
      update source.emails
      set company_id = moves.company_id,
          campaign_id = moves.campaign_id,
          step_id = moves.step_id,
          updated_at = ${stamp(params)}
      from moves
      where emails.email_id = moves.email_id
      returning 1
    )
    ${count}`,
});

const earlier = (column: string) =>
  sql`${sql.raw(column)} = ${sql.raw(column)} - interval '26 hours'`;
const instants = [
  'sent_at',
  'delivered_at',
  'opened',
  'clicked',
  'replied',
  'unsubscribed',
  'complaint',
];

/** The sending of e-mails is corrected to a day before, with everything that followed. */
export const moveDay = statement(
  change('demo: e-mails moved to another day', 'day', sql`true`, () =>
    sql.join(instants.map(earlier)),
  ),
);

/** E-mails are deleted, as a data subject may demand. */
export const deleteSome: Change = statement({
  title: 'demo: deleted e-mails',
  on: 'source',
  columns: { changed: 'int8' },
  example,
  sql: (params) => sql`
    with ${chosen(params, 'delete', sql`true`)},
    written as (
      delete from source.emails where email_id in (select email_id from chosen) returning 1
    )
    ${count}`,
});

/** New e-mails go out, to leads who have had one before. */
export const sendNew: Change = statement({
  title: 'demo: newly sent e-mails',
  on: 'source',
  columns: { changed: 'int8' },
  example,
  sql: (params) => sql`
    with ${chosen(params, 'send', sql`true`)},
    written as (
      insert into source.emails (
        email_id, tenant_id, company_id, campaign_id, step_id, mailbox_id, lead_id,
        status, sent_at, delivered_at, updated_at
      )
      select
        'new-' || md5(email_id || ${`/${params.seed}/${params.now.toISOString()}`}),
        tenant_id, company_id, campaign_id, step_id, mailbox_id, lead_id,
        'delivered',
        ${params.now}::timestamptz - interval '20 seconds',
        ${params.now}::timestamptz - interval '15 seconds',
        ${stamp(params)}
      from chosen
      on conflict do nothing
      returning 1
    )
    ${count}`,
});

// Per cent of the e-mails touched, in the order in which it happens.
const kinds = [
  ['opened', 40, openLate],
  ['replied', 12, replyLate],
  ['bounced', 8, bounceLate],
  ['complained', 2, complainLate],
  ['moved_campaign', 10, moveCampaign],
  ['moved_day', 8, moveDay],
  ['deleted', 6, deleteSome],
  ['sent', 14, sendNew],
] as const;

/** How many e-mails each kind of change has touched. */
export type DemoChanged = { readonly kind: (typeof kinds)[number][0]; readonly changed: number };

/**
 * Lets time pass in the source: about `count` e-mails are opened, answered, moved, deleted or sent, in one transaction.
 * Equal parameters on equal data change the same e-mails; `now` must not be earlier than the last event.
 */
export const applyDemoChanges = (
  adminDb: Db,
  { seed, now, count }: DemoChanges,
): Promise<readonly DemoChanged[]> =>
  adminDb.transaction(async (tx) => {
    const done: DemoChanged[] = [];
    let percent = 0;
    for (const [kind, share, change] of kinds) {
      const share0 = Math.floor((percent * count) / 100);
      percent += share;
      const limit = Math.floor((percent * count) / 100) - share0;
      const [row] = await tx.query(change, { seed, now, count: limit });
      done.push({ kind, changed: row?.changed ?? 0 });
    }
    return done;
  });
