import { addDays, type Day } from '@rookery/kernel/day';
import type { Row } from './contract.ts';
import type { Campaign, Cast } from './demo-cast.ts';
import { endOf, fateOf, queued } from './demo-lifecycle.ts';
import type { Random } from '@rookery/kernel/random';

/** A lead in a campaign, with the e-mails it has been sent or is about to be. */
export type Lead = { readonly row: Row<'leads'>; readonly emails: readonly Row<'emails'>[] };

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Clock = (on: Day, minuteOfDay: number) => number;

// The offset at noon stands for the whole day: on the two days a year when it changes, some hours are one off.
const localClock = (zone: string): Clock => {
  const formatter = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const offsets = new Map<Day, number>();
  const offsetOn = (on: Day, noon: number): number => {
    const known = offsets.get(on);
    if (known !== undefined) return known;
    const offset = Date.parse(`${formatter.format(noon).replace(' ', 'T')}Z`) - noon;
    offsets.set(on, offset);
    return offset;
  };
  return (on, minuteOfDay) => {
    const midnight = Date.parse(`${on}T00:00:00Z`);
    const at = midnight + minuteOfDay * minute - offsetOn(on, midnight + 12 * hour);
    return Math.round(at / 1_000) * 1_000;
  };
};

const isWeekend = (on: Day): boolean => [0, 6].includes(new Date(`${on}T00:00:00Z`).getUTCDay());

// Most mail leaves in office hours; the rest at any time, so that some lands on either side of midnight.
const minuteOfDay = (random: Random): number =>
  random.chance(0.9) ? 8 * 60 + random.next() * 600 : random.next() * 1_440;

const firstDayOf = (random: Random, { firstDay }: Cast, { openDays }: Campaign): Day => {
  const on = addDays(firstDay, random.between(0, openDays - 1));
  if (!isWeekend(on) || random.chance(0.3)) return on;
  return addDays(firstDay, random.between(0, openDays - 1));
};

const nextDayOf = (random: Random, day: Day): Day => {
  const on = addDays(day, random.between(2, 5));
  return isWeekend(on) && random.chance(0.85) ? addDays(on, 2) : on;
};

type Entry = { readonly leadId: string; readonly campaign: Campaign; readonly firstEmail: number };

// Walks one lead through the steps until the sequence ends, the campaign closes or the present is reached.
const walk = (random: Random, cast: Cast, clock: Clock, now: number, entry: Entry): Lead => {
  const { leadId, campaign, firstEmail } = entry;
  const { tenant_id, campaign_id, company_id } = campaign.row;
  const mailbox = random.pick(campaign.mailboxes);
  const signed = cast.domains.find((d) => d.domain_id === mailbox.domain_id)?.dkim !== false;

  const emails: Row<'emails'>[] = [];
  let end = Infinity;
  let status = 'active';
  let on = firstDayOf(random, cast, campaign);
  for (const variants of campaign.steps) {
    const at = clock(on, minuteOfDay(random));
    // The first e-mail is always there; a follow-up is queued one day ahead.
    if (emails.length > 0 && at > Math.min(end, campaign.closesAt, now + day)) break;
    const fate =
      at > now
        ? queued(Math.min(now, at - 2 * day))
        : fateOf(random, { sentAt: at, now, signed, tellsKinds: cast.tellsKinds });
    emails.push({
      email_id: `${tenant_id}-email${firstEmail + emails.length}`,
      tenant_id,
      company_id,
      campaign_id,
      step_id: random.pick(variants).step_id,
      mailbox_id: mailbox.mailbox_id,
      lead_id: leadId,
      ...fate,
    });
    if (at > now) break;
    const ended = endOf(fate) ?? Infinity;
    if (ended < end) {
      end = ended;
      status = fate.status;
    }
    on = nextDayOf(random, on);
  }

  const lastSent = emails.length === campaign.steps.length ? emails.at(-1)?.sent_at : null;
  const completedAt = end < Infinity ? new Date(end) : (lastSent ?? null);
  return {
    row: {
      tenant_id,
      campaign_id,
      lead_id: leadId,
      status: completedAt !== null && status === 'active' ? 'completed' : status,
      completed_at: completedAt,
      updated_at: completedAt ?? emails[0]?.updated_at ?? new Date(now),
    },
    emails,
  };
};

/** Leads of one tenant and their e-mails, until there are `quota` e-mails. */
export const leadsOf = (random: Random, cast: Cast, quota: number, now: number): Lead[] => {
  const clock = localClock(cast.tenant.timezone);
  const leads: Lead[] = [];
  const taken = new Set<string>();
  for (let emails = 0; emails < quota;) {
    const campaign = random.pick(cast.campaigns);
    // One lead in twenty is also contacted by another campaign.
    const known = leads.length > 0 && random.chance(0.05) ? random.pick(leads).row.lead_id : '';
    const isFree = known !== '' && !taken.has(`${campaign.row.campaign_id} ${known}`);
    const leadId = isFree ? known : `${cast.tenant.tenant_id}-lead${leads.length + 1}`;
    taken.add(`${campaign.row.campaign_id} ${leadId}`);
    const lead = walk(random, cast, clock, now, { leadId, campaign, firstEmail: emails + 1 });
    leads.push(lead);
    emails += lead.emails.length;
  }
  return leads;
};
