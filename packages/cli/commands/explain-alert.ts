import type { Db } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { explainAlert, type Explained } from '@rookery/monitoring/alerts/explain';
import { answer, atPlace, command, type Options } from '../command.ts';
import { minuteOf } from '../figures.ts';
import { explanationText } from '../explanation-text.ts';
import { refuseUnknownTenant } from '../known-tenant.ts';
import { newestAlerts } from '../newest-alerts.sql.ts';
import { nextSteps } from '../next-steps.ts';
import { idOption } from '../id-option.ts';
import { widthOf } from '../wrap.ts';

type AlertAsk = { readonly tenantId: string; readonly id: string };
type Flags = Options & { readonly tenant: string };

const hinted = 5;

// Who mistyped an id finds the right one in the answer.
const missing = async (ops: Db, { tenantId, id }: AlertAsk, cause: Failure): Promise<Failure> => {
  const newest = await ops.query(newestAlerts, { tenantId, most: hinted });
  const lines = newest.map(
    (alert) =>
      `  ${alert.id}  ${minuteOf(alert.triggered_at)} UTC  ${alert.status}: ${alert.message}`,
  );
  const hint =
    lines.length === 0
      ? `${tenantId} has had no alerts`
      : `the newest of ${tenantId} are\n${lines.join('\n')}`;
  return new Failure('missing', 'alert-missing', `there is no alert ${id}: ${hint}`, { cause });
};

const explained = async (ops: Db, ask: AlertAsk, now: Date): Promise<Explained> => {
  try {
    return await ops.transaction((tx) => explainAlert(tx, ask, now));
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'not-found') throw error;
    throw await missing(ops, ask, error);
  }
};

/** `explain-alert`: why an alert fired, what became of it, who was told, and what to do next. */
export const explainAlertCommand = command(
  'explain-alert',
  'Say why an alert fired, what it went through, who was told or why nobody is, and what to do next.',
  [
    'explain-alert 0b9d4c1e-… --tenant heron-analytics',
    'explain-alert 0b9d4c1e-… --tenant heron-analytics --json',
  ],
)
  .argument('<id>', 'the id of the alert', idOption)
  .requiredOption('--tenant <id>', 'whose alert it is', idOption)
  .action((id: string, options: Flags) =>
    answer(options, () =>
      atPlace(options, ['ops'], async (place) => {
        await refuseUnknownTenant(place, options.tenant);
        const now = new Date();
        const alert = await explained(place.db('ops'), { tenantId: options.tenant, id }, now);
        const steps = nextSteps(alert, options.tenant);
        const text = explanationText(alert, { steps, now, width: widthOf(process.stdout) });
        return { data: { ...alert, next_steps: steps }, text, ok: true };
      }),
    ),
  );
