import type { Session } from '@rookery/db/pool';
import { freshRows } from '../reports/freshness.ts';
import type { RowWith } from '../settings/field.sql.ts';
import type { Shown } from '../settings/setting.ts';
import { catalogue, isMeasuredFor, metricOf, type Metric } from './catalogue.ts';
import { listRules, reportedMetrics, ruleOfId, type ruleFields } from './rule-change.sql.ts';

/** Rules of alerts, as lists show them: without what judges a change, which a reader need not carry. */
export const ruleShown: Shown<RowWith<typeof ruleFields>> = {
  type: 'alert-rule',
  statements: { list: listRules, one: ruleOfId },
};

const shown = ({ name, title, kind, unit, labels, window, about, source }: Metric) => ({
  name,
  title,
  kind,
  unit,
  labels: [...labels],
  window_minutes: window.usual,
  least_window_minutes: window.least,
  most_window_minutes: window.most,
  about,
  reported: source === 'reported',
});

/** Every metric that a rule of a tenant may name: those of the catalogue, then those that it reported. */
export const metricsAnswer = async (session: Session, tenantId: string) => {
  const fresh = await freshRows(session);
  const reported = await session.query(reportedMetrics, { tenantId });
  const own = reported
    .map(({ name }) => metricOf(name))
    .filter(({ source }) => source === 'reported');
  const worked = catalogue.filter(({ name }) => isMeasuredFor(tenantId, name));
  return { body: { data: [...worked, ...own].map(shown) }, fresh };
};
