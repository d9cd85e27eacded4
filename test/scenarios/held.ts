import type { Session } from '@rookery/db/pool';
import { ask } from './ask.ts';
import { emailCounters } from './recount.ts';

const counters = emailCounters.join(', ');
const eight = emailCounters.slice(0, 8).join(', ');

/** Every fact the warehouse holds of one tenant, in the shape of `recount`; without the empty period that holds today. */
export const heldFacts = async (db: Session, tenantId: string) => {
  const daily = (table: string, keys: string, columns: string) =>
    ask(
      db,
      `select concat_ws('|', day, ${keys}) as key, company_id, ${columns} from olap.${table}
        where tenant_id = '${tenantId}' order by concat_ws('|', day, ${keys}) collate "C"`,
    );
  return {
    campaigns: await daily('campaign_analytics', 'campaign_id', counters),
    mailboxes: await daily('mailbox_analytics', 'mailbox_id', counters),
    steps: await daily(
      'sequence_step_analytics',
      'campaign_id, step_id',
      `${counters}, step_position, variant`,
    ),
    leads: await ask(
      db,
      `select campaign_id || '|' || lead_id as key, ${counters}, sent_days from olap.lead_analytics
        where tenant_id = '${tenantId}' and sent > 0 order by campaign_id || '|' || lead_id collate "C"`,
    ),
    warmups: await daily('warmup_analytics', 'mailbox_id', eight),
    billing: await ask(
      db,
      `select first_day, emails_sent, mailboxes_used, campaigns_used, leads_used, warmups_active
        from olap.billing_analytics where tenant_id = '${tenantId}' and first_day < '2026-01-01' order by first_day`,
    ),
  };
};
