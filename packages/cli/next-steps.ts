import type { Explained } from '@rookery/monitoring/alerts/explain';
import { utc } from './figures.ts';

type Told = Explained['notices'][number];

const ofNotices = (notices: readonly Told[]): string[] => {
  const failed = notices.filter(({ state }) => state === 'failed');
  const [first] = failed;
  if (first === undefined) return [];
  const many = failed.length === 1 ? 'A notice' : `${failed.length} notices`;
  return [
    `${many} could not be delivered, first by ${first.channel} to ${first.recipient}: correct the recipient of the rule or the target; later notices take the new one.`,
  ];
};

const ofState: Readonly<Record<string, (alert: Explained) => string[]>> = {
  active: ({ shadow, has_channels }) =>
    shadow
      ? ['Its rule is being tested. When it says what you expect, set the rule to enabled.']
      : [
          ...(has_channels ? [] : ['Give the rule notification_channels, or nobody will know.']),
          'Acknowledge it when you take it on; resolve it when it is over and does not end itself.',
        ],
  acknowledged: ({ acknowledged_until: until }) =>
    until === null
      ? ['Resolve it when it is over, unless it ends itself.']
      : [`Resolve it before ${utc(until)}, or it is active again and told again.`],
  suppressed: () => ['Nothing: it is told when what holds it back has ended, if it still fires.'],
};

/** What whoever reads an explanation can do next, in sentences. */
export const nextSteps = (alert: Explained, tenantId: string): readonly string[] => {
  const replay = `See whether the rule is right: npm run rookery -- rule backtest ${alert.rule_id} --tenant ${tenantId}`;
  const steps = [
    ...(alert.problem === null
      ? []
      : ['The last evaluation failed: correct what its problem says, or this alert stands still.']),
    ...ofNotices(alert.notices),
    ...(alert.resolved_at === null ? (ofState[alert.status]?.(alert) ?? []) : []),
  ];
  return alert.rule_deleted_at === null ? [...steps, replay] : steps;
};
