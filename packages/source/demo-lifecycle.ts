import type { Row } from './contract.ts';
import type { Random } from '@rookery/kernel/random';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** What shapes the fate of an e-mail besides chance. */
export type Circumstance = {
  readonly sentAt: number;
  readonly now: number;
  /** A domain that signs nothing bounces and annoys more. */
  readonly signed: boolean;
  readonly tellsKinds: boolean;
};

/** The columns of an e-mail that its fate decides. */
export type Fate = Pick<
  Row<'emails'>,
  | 'status'
  | 'sent_at'
  | 'delivered_at'
  | 'opened'
  | 'clicked'
  | 'replied'
  | 'bounce_type'
  | 'unsubscribed'
  | 'complaint'
  | 'open_kind'
  | 'reply_kind'
  | 'updated_at'
>;

type Plan = {
  readonly bounce: { readonly type: 'hard' | 'soft'; readonly at: number } | undefined;
  readonly delivered: number | undefined;
  readonly humanOpen: number | undefined;
  readonly machineOpen: number | undefined;
  readonly clicked: number | undefined;
  readonly replied: { readonly kind: 'human' | 'automatic'; readonly at: number } | undefined;
  readonly unsubscribed: number | undefined;
  readonly complaint: number | undefined;
};

// 37 % opened: 31 % by people after 20 h on average, 10 % by machines within two seconds of delivery.
const planOf = (random: Random, { sentAt, signed }: Circumstance): Plan => {
  const bounces = random.chance(signed ? 0.016 : 0.045);
  const isLate = bounces && random.chance(0.2);
  const bounce = bounces
    ? {
        type: random.chance(0.6) ? ('hard' as const) : ('soft' as const),
        at: sentAt + (isLate ? random.wait(24 * hour) + hour : random.between(1, 60) * second),
      }
    : undefined;
  const delivered = bounces && !isLate ? undefined : sentAt + random.between(1, 30) * second;
  // A late bounce says that the delivery was none: nobody has read it.
  const reached = bounces ? undefined : delivered;

  const after = (start: number | undefined, share: number, mean: number): number | undefined =>
    start !== undefined && random.chance(share) ? start + second + random.wait(mean) : undefined;
  const humanOpen = after(reached, 0.31, 20 * hour);
  const machineOpen = after(reached, 0.1, 0.5 * second);
  const reply = after(humanOpen, 0.13, 6 * hour);
  const automatic = after(reached, 0.01, 2 * minute);
  return {
    bounce,
    delivered,
    humanOpen,
    machineOpen,
    clicked: after(humanOpen, 0.12, 10 * minute),
    replied:
      automatic !== undefined
        ? { kind: 'automatic', at: automatic }
        : reply !== undefined
          ? { kind: 'human', at: reply }
          : undefined,
    unsubscribed: after(humanOpen, 0.015, 20 * minute),
    complaint: after(reached, signed ? 0.0004 : 0.0025, 10 * hour),
  };
};

const statusOf = (fate: Omit<Fate, 'status' | 'updated_at'>): string => {
  if (fate.complaint !== null) return 'complained';
  if (fate.unsubscribed !== null) return 'unsubscribed';
  if (fate.bounce_type !== null) return 'bounced';
  if (fate.replied !== null) return 'replied';
  if (fate.clicked !== null) return 'clicked';
  if (fate.opened !== null) return 'opened';
  return fate.delivered_at === null ? 'sent' : 'delivered';
};

/** What has become of an e-mail by `now`: no event lies before its sending or after `now`. */
export const fateOf = (random: Random, circumstance: Circumstance): Fate => {
  const plan = planOf(random, circumstance);
  const { now, sentAt, tellsKinds } = circumstance;
  const seen = (at: number | undefined): Date | null =>
    at === undefined || at > now ? null : new Date(at);

  const human = seen(plan.humanOpen);
  const machine = seen(plan.machineOpen);
  const opened = human === null || (machine !== null && machine < human) ? machine : human;
  const replied = seen(plan.replied?.at);
  const bouncedAt = seen(plan.bounce?.at);
  const events = {
    sent_at: new Date(sentAt),
    delivered_at: seen(plan.delivered),
    opened,
    clicked: seen(plan.clicked),
    replied,
    bounce_type: bouncedAt === null ? null : (plan.bounce?.type ?? null),
    unsubscribed: seen(plan.unsubscribed),
    complaint: seen(plan.complaint),
    open_kind: !tellsKinds || opened === null ? null : human === null ? 'machine' : 'human',
    reply_kind: !tellsKinds || replied === null ? null : (plan.replied?.kind ?? null),
  };
  const instants = [...Object.values(events), human, bouncedAt].filter((v) => v instanceof Date);
  const newest = new Date(Math.max(...instants.map((at) => at.getTime())));
  return { ...events, status: statusOf(events), updated_at: newest };
};

/** An e-mail that waits in the queue to be sent. */
export const queued = (at: number): Fate => ({
  status: 'scheduled',
  sent_at: null,
  delivered_at: null,
  opened: null,
  clicked: null,
  replied: null,
  bounce_type: null,
  unsubscribed: null,
  complaint: null,
  open_kind: null,
  reply_kind: null,
  updated_at: new Date(at),
});

/** When the lead's sequence ends with this e-mail (people answered, left, or do not exist), or undefined. */
export const endOf = (fate: Fate): number | undefined => {
  const ends = [
    fate.reply_kind === 'automatic' ? null : fate.replied,
    fate.unsubscribed,
    fate.complaint,
    fate.bounce_type === 'hard' ? fate.updated_at : null,
  ].filter((at) => at !== null);
  return ends.length === 0 ? undefined : Math.min(...ends.map((at) => at.getTime()));
};
