import type { Cast } from './demo-cast.ts';
import type { Row } from './contract.ts';
import type { Random } from '@rookery/kernel/random';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The warm-ups of one tenant and every message they have exchanged. */
export type Warmups = {
  readonly warmups: Row<'warmups'>[];
  readonly warmup_messages: Row<'warmup_messages'>[];
};

type Program = { readonly row: Row<'warmups'>; readonly signed: boolean };

const messageOf = (
  random: Random,
  { row, signed }: Program,
  id: string,
  sentAt: number,
  now: number,
): Row<'warmup_messages'> => {
  const seen = (at: number, share: number): Date | null =>
    random.chance(share) && at <= now ? new Date(at) : null;
  const delivered = seen(sentAt + random.between(1, 20) * second, 0.985);
  const reached = delivered === null ? 0 : 1;
  const opened = seen(sentAt + minute + random.wait(3 * hour), 0.7 * reached);
  const start = opened?.getTime() ?? now;
  const events = {
    delivered_at: delivered,
    opened,
    clicked: seen(start + random.wait(minute), opened === null ? 0 : 0.05),
    replied: seen(start + random.wait(2 * hour), opened === null ? 0 : 0.4),
    found_in_spam: seen(sentAt + minute + random.wait(hour), (signed ? 0.04 : 0.28) * reached),
  };
  const instants = Object.values(events).filter((at) => at !== null);
  // What was not delivered a minute after sending has bounced softly.
  const bouncedAt = sentAt + minute;
  const bounced = delivered === null && bouncedAt <= now;
  return {
    message_id: id,
    tenant_id: row.tenant_id,
    company_id: row.company_id,
    mailbox_id: row.mailbox_id,
    sent_at: new Date(sentAt),
    ...events,
    bounce_type: bounced ? 'soft' : null,
    unsubscribed: null,
    updated_at: new Date(
      Math.max(sentAt, bounced ? bouncedAt : 0, ...instants.map((at) => at.getTime())),
    ),
  };
};

const programsOf = (random: Random, cast: Cast, now: number): Program[] =>
  cast.campaigns.flatMap(({ mailboxes }, n) =>
    mailboxes
      .filter((_, i) => i === 1 || (i === 0 && n === 0))
      .map((mailbox) => {
        const startedAt = now - random.between(5, 40) * day;
        const paused = random.chance(0.12);
        const changed = paused ? Math.max(startedAt, now - 4 * day) : startedAt;
        return {
          row: {
            tenant_id: mailbox.tenant_id,
            mailbox_id: mailbox.mailbox_id,
            company_id: mailbox.company_id,
            status: paused ? 'paused' : 'active',
            started_at: new Date(startedAt),
            ramp_days: random.pick([14, 21, 21, 28]),
            start_volume: random.between(1, 3),
            target_volume: random.between(10, 18),
            updated_at: new Date(changed),
          },
          signed: cast.domains.find((d) => d.domain_id === mailbox.domain_id)?.dkim !== false,
        };
      }),
  );

/** Warms up some mailboxes: the volume climbs from start to target over the ramp, and some mail lands in spam. */
export const warmupsOf = (random: Random, cast: Cast, now: number): Warmups => {
  const programs = programsOf(random, cast, now);
  const first = Date.parse(`${cast.firstDay}T00:00:00Z`);
  const messages = programs.flatMap((program) => {
    const { row } = program;
    const startedAt = row.started_at.getTime();
    const until = row.status === 'paused' ? row.updated_at.getTime() : now;
    const sent: Row<'warmup_messages'>[] = [];
    for (let n = 0; startedAt + n * day < until; n += 1) {
      const climb = (row.target_volume - row.start_volume) * Math.min(1, n / row.ramp_days);
      const planned = Math.round(row.start_volume + climb);
      for (let i = 0; i < planned; i += 1) {
        const at = Math.round(startedAt + n * day + ((i + random.next()) / planned) * day);
        if (at < first || at > until) continue;
        sent.push(messageOf(random, program, `${row.mailbox_id}-w${n}-${i}`, at, now));
      }
    }
    return sent;
  });
  return { warmups: programs.map(({ row }) => row), warmup_messages: messages };
};
