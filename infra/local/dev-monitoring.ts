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

const seed = 42;
const everyMinute = '* * * * *';

/** The tenants whose monitoring the demo plays: the platform itself, and one customer. */
export const monitored = ['platform', 'heron-analytics'] as const;

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

/**
 * Gives the demo's tenants four weeks of monitoring, through the queue that producers use, when they have none yet.
 * Resolves with how many items were sent.
 */
export const sendMonitoringHistory = async (now: Date): Promise<number> => {
  let items = 0;
  for (const tenantId of monitored)
    if (await setStage(tenantId, now))
      items += await send(tenantId, historyOf({ tenantId, seed }, now), now);
  return items;
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
