/** What one counter counts: a column of the facts and the SQL that counts it over contract rows aliased `e`. */
export type Counter = { readonly name: string; readonly count: string };

/**
 * The eight counters of the seeds (000 §1), each counting e-mails once, on the day the e-mail was sent.
 * They are defined from timestamps, because `status` moves on and would lose them (defect C9):
 * whatever was opened, clicked or answered had been delivered, even when the provider never said so.
 * `bounced` is hard and soft (C10). `count(column)` is the cheap way to count non-null values.
 */
const engagement: readonly Counter[] = [
  { name: 'sent', count: 'count(*)' },
  { name: 'delivered', count: 'count(coalesce(e.delivered_at, e.opened, e.clicked, e.replied))' },
  { name: 'opened_tracked', count: 'count(e.opened)' },
  { name: 'clicked_tracked', count: 'count(e.clicked)' },
  { name: 'replied', count: 'count(e.replied)' },
  { name: 'bounced', count: 'count(e.bounce_type)' },
  { name: 'unsubscribed', count: 'count(e.unsubscribed)' },
];

// Unknown when some were opened (or answered) and the source says of none by whom.
const ofPeople = (event: string, kind: string): string =>
  `case when count(${kind}) > 0 or count(${event}) = 0
    then count(*) filter (where ${kind} = 'human' and ${event} is not null) end`;

/** Counters of campaign e-mails: the eight, and three that split bounces, opens and replies. */
export const emailCounters: readonly Counter[] = [
  ...engagement,
  { name: 'spam_complaints', count: 'count(e.complaint)' },
  { name: 'hard_bounced', count: "count(*) filter (where e.bounce_type = 'hard')" },
  { name: 'opened_human', count: ofPeople('e.opened', 'e.open_kind') },
  { name: 'replied_human', count: ofPeople('e.replied', 'e.reply_kind') },
];

/** Counters of warm-up messages: here a "spam complaint" is a message found in the spam folder (guide §6.4). */
export const warmupCounters: readonly Counter[] = [
  ...engagement,
  { name: 'spam_complaints', count: 'count(e.found_in_spam)' },
];
