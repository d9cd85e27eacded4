import type { Row, Table } from './contract.ts';
import { castOf } from './demo-cast.ts';
import { leadsOf } from './demo-leads.ts';
import { warmupsOf } from './demo-warmup.ts';
import { randomFrom, zipf } from '@rookery/kernel/random';

/** What the demo shall look like; equal parameters give equal data. */
export type DemoParams = {
  readonly seed: number;
  /** Nothing in the data is later; the last demo day of a tenant is the day it has at this instant. */
  readonly now: Date;
  readonly tenants?: number;
  readonly days?: number;
  /** About how many e-mails, all tenants together. */
  readonly emails?: number;
};

/** The rows of every table of the source contract. */
export type DemoData = { readonly [T in Table]: Row<T>[] };

/** Makes the demo's OLTP data: Zipf-sized tenants in many zones with plausible lives of their e-mails. */
export const demoData = (params: DemoParams): DemoData => {
  const { seed, now, tenants = 12, days = 35, emails = 20_000 } = params;
  const random = randomFrom(seed);
  const at = now.getTime();
  const data: DemoData = {
    tenants: [],
    campaigns: [],
    sequence_steps: [],
    domains: [],
    mailboxes: [],
    leads: [],
    emails: [],
    warmups: [],
    warmup_messages: [],
    subscriptions: [],
  };
  for (const [index, quota] of zipf(emails, tenants).entries()) {
    const cast = castOf(random, index, quota, days, now);
    const leads = leadsOf(random, cast, quota, at);
    const { warmups, warmup_messages } = warmupsOf(random, cast, at);
    data.tenants.push(cast.tenant);
    data.campaigns.push(...cast.campaigns.map(({ row }) => row));
    data.sequence_steps.push(...cast.campaigns.flatMap(({ steps }) => steps.flat()));
    data.domains.push(...cast.domains);
    data.mailboxes.push(...cast.campaigns.flatMap(({ mailboxes }) => mailboxes));
    for (const lead of leads) {
      data.leads.push(lead.row);
      data.emails.push(...lead.emails);
    }
    data.warmups.push(...warmups);
    for (const message of warmup_messages) data.warmup_messages.push(message);
    data.subscriptions.push(...cast.subscriptions);
  }
  return data;
};
