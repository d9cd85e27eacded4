import type { Session } from '@rookery/db/pool';
import { addDays, daysBetween, type Day } from '@rookery/kernel/day';
import { Failure } from '@rookery/kernel/failure';
import { enough, explainHealth, scoreVersion, windowDays } from '../health/mailbox.ts';
import type { Asked, Range } from './ask.ts';
import { healthWindow, scoreHistory, type WindowAsk } from './health.sql.ts';
import { firstOf } from './reading.ts';

/** The days of history an answer has by default, and at most. */
export const historyDays = { usual: 30, most: 90 } as const;

// What is left out ends with the explained day: that is the last point of the line.
const historyOf = (day: Day, { from, to }: Asked): { readonly from: Day; readonly to: Day } => {
  const end = to ?? addDays(from !== null && from > day ? from : day, 1);
  const start = from ?? addDays(end, -historyDays.usual);
  const days = daysBetween(start, end);
  if (days > historyDays.most)
    throw new Failure(
      'invalid',
      'range-too-long',
      `${days} days of scores are asked for and ${historyDays.most} are the most; give from and to closer together`,
    );
  return { from: start, to: end };
};

/**
 * The score of a mailbox on a day, explained from the facts of the 14 days that end with it, and its stored scores over a
 * range. Fails with `not-found` when the tenant knows the mailbox neither by e-mails nor by warm-up messages.
 */
export const mailboxHealthOf = async (
  session: Session,
  ask: WindowAsk & { readonly range: Asked },
) => {
  const window = firstOf(await session.query(healthWindow, ask));
  const { tenantId, mailboxId } = ask;
  const { day, timezone, sent, placed, spf, dkim, dmarc, as_of, complete_through } = window;
  if (!window.exists)
    throw new Failure(
      'missing',
      'not-found',
      `there is no mailbox "${mailboxId}"; GET /v1/mailboxes and GET /v1/warmups list those that have messages`,
    );
  const range: Range = { ...historyOf(day, ask.range), timezone };
  const { from, to } = range;
  const history = await session.query(scoreHistory, { tenantId, mailboxId, from, to });
  const data = {
    mailbox_id: mailboxId,
    day,
    ...explainHealth(window),
    enough: {
      sent: { n: sent, of: enough.sent },
      placed: { n: placed, of: enough.placed },
    },
    records: { spf, dkim, dmarc },
    window: { from: addDays(day, 1 - windowDays), to: addDays(day, 1), timezone },
    score_version: scoreVersion,
    history,
  };
  return { body: { data }, fresh: { as_of, complete_through }, range };
};
