import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { QueueUrls } from '../../infra/local/queue.ts';

/** Servers of another process: one that takes and counts requests as PostHog would, and an SQS. */
export type TelemetryPlace = {
  readonly counter: string;
  readonly sqs: string;
  readonly urls: Readonly<Record<'events' | 'posthog' | 'siem' | 'metrics' | 'console', QueueUrls>>;
  /** How many requests came since it was last asked, and with how many bytes. */
  readonly counted: () => Promise<{ readonly requests: number; readonly bytes: number }>;
  readonly close: () => void;
};

/** Starts them. */
export const openTelemetryPlace = async (): Promise<TelemetryPlace> => {
  const script = new URL('telemetry-servers.ts', import.meta.url).pathname;
  const child: ChildProcess = fork(script, { execArgv: [] });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is what the servers send
  const [said] = (await once(child, 'message')) as [
    Pick<TelemetryPlace, 'counter' | 'sqs' | 'urls'>,
  ];
  return {
    ...said,
    counted: async () => {
      const answer = await fetch(said.counter);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is what the counter says
      return (await answer.json()) as { requests: number; bytes: number };
    },
    close: () => {
      child.disconnect();
    },
  };
};

/** The environment of the functions that are asked. */
export const telemetryEnv = ({ counter, sqs, urls }: TelemetryPlace): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(urls).flatMap(([name, { url, dlqUrl }]) => [
      [`${name.toUpperCase()}_QUEUE_URL`, url],
      [`${name.toUpperCase()}_DLQ_URL`, dlqUrl],
    ]),
  ),
  POSTHOG_HOST: counter,
  POSTHOG_API_KEY: 'phc_local',
  AWS_ENDPOINT_URL_SQS: sqs,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_EC2_METADATA_DISABLED: 'true',
  LOG_LEVEL: 'SILENT',
});
