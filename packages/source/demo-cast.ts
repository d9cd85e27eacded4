import { addDays, dayAt, type Day } from '@rookery/kernel/day';
import type { Row } from './contract.ts';
import type { Random } from '@rookery/kernel/random';

/** A campaign with what the generator must know of it besides its row. */
export type Campaign = {
  readonly row: Row<'campaigns'>;
  /** The steps by position; a position with two steps is an A/B test. */
  readonly steps: readonly (readonly Row<'sequence_steps'>[])[];
  readonly mailboxes: readonly Row<'mailboxes'>[];
  /** How many days, from the first demo day, it takes in leads. */
  readonly openDays: number;
  /** After this instant it sends no follow-up. */
  readonly closesAt: number;
};

/** One demo tenant with everything that stands still while e-mails come and go. */
export type Cast = {
  readonly tenant: Row<'tenants'>;
  readonly firstDay: Day;
  readonly days: number;
  /** False where the provider cannot tell a person from a machine: the kinds stay NULL. */
  readonly tellsKinds: boolean;
  readonly campaigns: readonly Campaign[];
  readonly domains: readonly Row<'domains'>[];
  readonly subscriptions: readonly Row<'subscriptions'>[];
};

// [name, zone]: offsets of whole, half and quarter hours, both hemispheres, and the day before everyone else's.
const firms = [
  ['Heron Analytics', 'Europe/Berlin'],
  ['Kestrel Software', 'America/New_York'],
  ['Magpie Commerce', 'Asia/Kolkata'],
  ['Osprey Logistics', 'America/Sao_Paulo'],
  ['Plover Insurance', 'Australia/Lord_Howe'],
  ['Avocet Health', 'Pacific/Apia'],
  ['Wagtail Media', 'America/St_Johns'],
  ['Dunlin Robotics', 'Asia/Tokyo'],
  ['Curlew Energy', 'Europe/London'],
  ['Siskin Legal', 'America/Los_Angeles'],
  ['Bittern Foods', 'Africa/Johannesburg'],
  ['Lapwing Travel', 'UTC'],
  ['Ruff Security', 'Asia/Kathmandu'],
  ['Whimbrel Studio', 'Pacific/Chatham'],
  ['Gannet Marine', 'Africa/Casablanca'],
  ['Snipe Recruiting', 'America/Havana'],
] as const;

const anchors = [1, 31, 15, 30, 28, 1, 29, 10, 5, 20, 1, 25];
const purposes = ['spring outreach', 'product launch', 'win back', 'webinar', 'partners', 'trial'];
const plans = ['starter', 'growth', 'scale'] as const;
const msPerDay = 86_400_000;

/** `Magpie Commerce` as `magpie-commerce`. */
const slug = (text: string): string => text.toLowerCase().replaceAll(' ', '-');

const stepsOf = (random: Random, campaign: Row<'campaigns'>): Row<'sequence_steps'>[][] =>
  Array.from({ length: random.between(3, 5) }, (_, i) => {
    const variants = random.chance(0.3) ? ['a', 'b'] : [null];
    return variants.map((variant) => ({
      tenant_id: campaign.tenant_id,
      campaign_id: campaign.campaign_id,
      step_id: `${campaign.campaign_id}-step${i + 1}${variant ?? ''}`,
      position: i + 1,
      variant: variant === null ? null : variant.toUpperCase(),
      updated_at: campaign.updated_at,
    }));
  });

// The first domain is clean, the second signs nothing, the third has no DMARC and was never checked for SPF.
const domainsOf = (id: string, count: number, at: Date): Row<'domains'>[] =>
  Array.from({ length: count }, (_, i) => ({
    tenant_id: id,
    domain_id: `${id}-domain${i + 1}`,
    name: `${['mail', 'hello', 'team', 'post'][i % 4]}.${id}.example`,
    spf: i % 4 === 2 ? null : true,
    dkim: i % 4 !== 1,
    dmarc: i % 4 !== 2,
    updated_at: at,
  }));

const subscriptionsOf = (id: string, index: number, share: number, days: number, at: number) => {
  const month = Math.round((share * 30) / days);
  const plan = plans[index < 2 ? 2 : index < 6 ? 1 : 0] ?? 'starter';
  // Every third tenant outgrows its quota; every fourth changed its plan half-way.
  const quota = Math.ceil((month * (index % 3 === 2 ? 0.8 : 1.4)) / 100) * 100;
  const change = index % 4 === 3 ? new Date(at + (days / 2) * msPerDay) : null;
  const first = { tenant_id: id, subscription_id: `${id}-sub1`, plan, quota_emails: quota };
  const before = { ...first, starts_at: new Date(at - 200 * msPerDay), ends_at: change };
  if (change === null) return [before];
  const after = { ...first, subscription_id: `${id}-sub2`, plan: 'scale', quota_emails: quota * 2 };
  return [before, { ...after, starts_at: change, ends_at: null }];
};

/** Tenant number `index` of the demo: its companies, campaigns, steps, domains, mailboxes and subscriptions. */
export const castOf = (
  random: Random,
  index: number,
  share: number,
  days: number,
  now: Date,
): Cast => {
  const [firm, zone] = firms[index % firms.length] ?? firms[0];
  const round = Math.floor(index / firms.length);
  const name = round === 0 ? firm : `${firm} ${round + 1}`;
  const id = slug(name);
  const firstDay = addDays(dayAt(now, zone), 1 - days);
  const start = Date.parse(`${firstDay}T00:00:00Z`);
  const born = new Date(Math.min(start - 2 * msPerDay, now.getTime()));

  const domains = domainsOf(id, index < 4 ? 4 : 2, born);
  const companies = index < 4 ? 3 : index < 8 ? 2 : 1;
  const campaigns = Array.from({ length: index < 3 ? 6 : index < 8 ? 4 : 2 }, (_, i): Campaign => {
    const fate = i === 2 ? 'paused' : i === 3 ? 'completed' : 'active';
    const life = { active: 1, paused: 0.7, completed: 0.85 }[fate];
    const openDays = Math.max(1, Math.floor(life * days));
    const closesAt = fate === 'active' ? Infinity : start + openDays * msPerDay;
    const closed = closesAt <= now.getTime();
    const status = closed ? fate : 'active';
    const purpose = purposes[i % purposes.length] ?? 'outreach';
    const row = {
      tenant_id: id,
      campaign_id: `${id}-${slug(purpose)}`,
      company_id: `${id}-company${(i % companies) + 1}`,
      name: `${purpose.charAt(0).toUpperCase()}${purpose.slice(1)}`,
      status,
      status_changed_at: closed ? new Date(closesAt) : born,
      updated_at: closed ? new Date(closesAt) : born,
    };
    const mailboxes = Array.from({ length: index < 3 ? 4 : 2 }, (_, m) => ({
      tenant_id: id,
      mailbox_id: `${row.campaign_id}-mailbox${m + 1}`,
      company_id: row.company_id,
      domain_id: domains[(i + m) % domains.length]?.domain_id ?? `${id}-domain1`,
      campaign_status: status,
      updated_at: row.updated_at,
    }));
    return { row, steps: stepsOf(random, row), mailboxes, openDays, closesAt };
  });

  return {
    tenant: {
      tenant_id: id,
      name,
      timezone: zone,
      billing_anchor: anchors[index % anchors.length] ?? 1,
    },
    firstDay,
    days,
    tellsKinds: index % 5 !== 4,
    campaigns,
    domains,
    subscriptions: subscriptionsOf(id, index, share, days, start),
  };
};
