import { Cron } from 'croner';
import { describe } from '@rookery/kernel/failure';
import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { sendMessages } from '@rookery/lambda/outbox';
import { historyOf, minuteOf, type Sent } from '@rookery/monitoring/demo/history';
import { setAlerts, setIntegrations, setServices } from '@rookery/monitoring/demo/stage.sql';
import { packItems } from '@rookery/monitoring/ingest/message';
import { streams } from '@rookery/monitoring/ingest/stream';
import type { Screen } from '../../packages/cli/screen.ts';
import { untilIdle } from './dev-run.ts';
import type { Runtime } from './runtime.ts';

const seed = 42;
const everyMinute = '* * * * *';

/** The tenants whose monitoring the demo plays: the platform itself, and one customer. */
const monitored = ['platform', 'heron-analytics'] as const;

const send = async (tenantId: string, sent: readonly Sent[], now: Date): Promise<number> => {
  const { ingestQueueUrl } = readConfig(['ingestQueueUrl']);
  const messages = streams.flatMap((stream) =>
    packItems(
      { tenantId, stream, receivedAt: now },
      sent.filter((one) => one.stream === stream).flatMap(({ items }) => items),
    ),
  );
  await sendMessages(ingestQueueUrl, messages);
  return sent.reduce((sum, { items }) => sum + items.length, 0);
};

// What no producer reports yet stands in the database: services, integrations, rules and alerts. True the first time.
const setStage = async (tenantId: string, now: Date): Promise<boolean> => {
  const ops = database('ops');
  const [set] = await ops.query(setServices, { tenantId, now });
  await ops.query(setIntegrations, { tenantId, now });
  await ops.query(setAlerts, { tenantId, now });
  return (set?.services ?? 0) > 0;
};

const figure = (n: number): string => n.toLocaleString('en-US');

/**
 * Gives the demo's tenants four weeks of monitoring when they have none yet: through the queue that producers use, then into
 * the rollups as the schedules would. Told on the screen; does nothing the second time.
 */
export const feedMonitoring = async (
  runtime: Runtime,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> => {
  const now = new Date();
  const step = screen.step('monitoring: making four weeks of it');
  let items = 0;
  for (const tenantId of monitored)
    if (await setStage(tenantId, now))
      items += await send(tenantId, historyOf({ tenantId, seed }, now), now);
  const { queue: sent } = (await runtime.pending()).ingest;
  await untilIdle(runtime, signal, async () => {
    const { queue: left } = (await runtime.pending()).ingest;
    step.update(`monitoring: ${figure(left)} messages to take in`, 1 - left / Math.max(1, sent));
  });
  step.update('monitoring: rolling it up', 1);
  for (const name of ['rollup', 'integrations', 'sessions'] as const)
    await runtime.schedule.fire(name, now);
  step.done(
    items === 0
      ? 'monitoring is there from before and goes on'
      : `monitoring: ${figure(items)} items of ${monitored.join(' and ')} taken in and rolled up`,
  );
};

/** Sends what the last minute brought, each minute, as long as the demo runs. */
export const keepMonitoringFed = (screen: Screen): { readonly stop: () => void } => {
  const cron = new Cron(everyMinute, { unref: true, protect: true }, async () => {
    const now = new Date();
    try {
      for (const tenantId of monitored)
        await send(tenantId, minuteOf({ tenantId, seed }, now), now);
    } catch (error) {
      screen.warn(`the monitoring of the demo could not go on: ${describe(error)}`);
    }
  });
  return {
    stop: () => {
      cron.stop();
    },
  };
};
