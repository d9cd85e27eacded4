import { isChannel } from './channels/index.ts';
import type { Addressed } from './receiver.ts';

/**
 * A level of `tb_escalation_policy.levels`: whom to tell, and how many minutes after the level before; of the first, after
 * the alert was raised, unless its rule has an escalation_delay.
 */
export type Level = Addressed & { readonly after_minutes: number };

/** An alert on its way up a policy. */
export type Climb = {
  /** When the round began: the alert was raised, or its acknowledgement lapsed. */
  readonly since: Date;
  /** How many levels of this round were told. */
  readonly level: number;
  /** When the last of them was. Null: none was. */
  readonly escalatedAt: Date | null;
  /** Minutes of the rule, in place of the first level's own. */
  readonly delayMinutes: number | null;
};

const msPerMinute = 60_000;

const isLevel = (value: unknown): value is Level =>
  typeof value === 'object' &&
  value !== null &&
  'after_minutes' in value &&
  typeof value.after_minutes === 'number' &&
  value.after_minutes >= 0 &&
  'channels' in value &&
  Array.isArray(value.channels) &&
  value.channels.every((channel) => typeof channel === 'string' && isChannel(channel)) &&
  'recipients' in value;

/** The levels of a policy as the database holds them; null when they are not what the contract says. */
export const levelsOf = (value: unknown): readonly Level[] | null =>
  Array.isArray(value) && value.every(isLevel) ? value : null;

/**
 * The number of the level that is due, null when none is: one at a time, each counted from when the one before was really
 * told, so that whoever comes late does not tell them all at once.
 */
export const dueLevel = (levels: readonly Level[], climb: Climb, now: Date): number | null => {
  const next = levels[climb.level];
  if (next === undefined) return null;
  const isFirst = climb.escalatedAt === null;
  const minutes = isFirst ? (climb.delayMinutes ?? next.after_minutes) : next.after_minutes;
  const from = climb.escalatedAt ?? climb.since;
  return now.getTime() - from.getTime() >= minutes * msPerMinute ? climb.level + 1 : null;
};
