import type { Labels } from '../alerts/sample.ts';

/** An alert as a notice tells it: how it stood when the notice was decided. */
export type ToldAlert = {
  readonly id: string;
  readonly rule_id: string;
  readonly rule_name: string;
  readonly severity: string;
  readonly state: 'firing' | 'resolved';
  readonly message: string;
  readonly metric_name: string;
  readonly labels: Labels;
  /** Null: there is no value, or none that JSON knows. */
  readonly value: number | null;
  readonly threshold: number;
  readonly triggered_at: string;
  readonly resolved_at: string | null;
};

/** Why a notice is sent. */
export const noticeKinds = [
  'firing',
  'resolved',
  'repeat',
  'digest',
  'escalation',
  'reminder',
  'acknowledged',
] as const;

/** What a notice tells, before a channel puts it into words: the column `content` of `monitoring.notice`. */
export type Content = {
  readonly kind: (typeof noticeKinds)[number];
  /** The worst severity of its alerts. */
  readonly severity: string;
  /** Template of the rule; null for the one that is meant for all. */
  readonly template: string | null;
  readonly group_labels: Labels;
  /** What newly fires first, then what newly ended, then the rest; of each the worst and newest first. At most 20. */
  readonly alerts: readonly ToldAlert[];
  /** How many alerts there are beyond these. */
  readonly more: number;
  /** A sentence on why it is sent, where the alerts do not say it: of a digest, an escalation, a reminder. */
  readonly note: string | null;
};
