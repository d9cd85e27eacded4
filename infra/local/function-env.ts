import { bus } from '../topology.ts';
import type { DatabaseEnv } from './database.ts';
import { assertLoopback } from './endpoint.ts';
import { region } from './invoke.ts';
import type { QueueUrls } from './queue.ts';

/** What the environment of functions is made of. */
export type FunctionEnvParts = {
  readonly database: DatabaseEnv;
  readonly proxyPort: number | undefined;
  readonly queues: Readonly<Record<string, QueueUrls>>;
  readonly sqsEndpoint: string;
  readonly busEndpoint: string;
  readonly token: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string };
  /** Where notices go: it plays SES, SNS and PagerDuty. */
  readonly sinkUrl: string;
  /** What plays PostHog and a security log. */
  readonly telemetryUrl: string;
  /** The servers of this machine, `host:port`, that probes and notices may reach. */
  readonly reachable: readonly string[];
  /** The file of keys that seal secrets. */
  readonly sealKeyFile: string;
  /** The folder that archives go to. */
  readonly archivePlace: string;
  /** The folder of the audit's checkpoints, and the file of the key that signs them. */
  readonly checkpointPlace: string;
  readonly signKeyFile: string;
  readonly logLevel: string;
};

const prefixOf = (queue: string): string => queue.toUpperCase().replaceAll('-', '_');

/**
 * The environment that every function reads, as its settings are named in packages/lambda/config.ts.
 * Fails with `endpoint-not-loopback` when an AWS endpoint, a queue, PostHog or the token issuer's keys point elsewhere.
 */
export const functionEnv = (parts: FunctionEnvParts): Readonly<Record<string, string>> => {
  const endpoints: Record<string, string> = {
    AWS_ENDPOINT_URL_SQS: parts.sqsEndpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: parts.busEndpoint,
    AWS_ENDPOINT_URL_SESV2: parts.sinkUrl,
    AWS_ENDPOINT_URL_SNS: parts.sinkUrl,
    PAGERDUTY_URL: `${parts.sinkUrl}/v2/enqueue`,
    POSTHOG_HOST: parts.telemetryUrl,
    SIEM_PLACE: `${parts.telemetryUrl}/siem`,
    TOKEN_JWKS_URL: parts.token.jwksUrl,
  };
  for (const [queue, { url, dlqUrl }] of Object.entries(parts.queues)) {
    endpoints[`${prefixOf(queue)}_QUEUE_URL`] = url;
    endpoints[`${prefixOf(queue)}_DLQ_URL`] = dlqUrl;
  }
  assertLoopback(endpoints);
  return {
    ...parts.database,
    ...endpoints,
    ...(parts.proxyPort === undefined ? {} : { DATABASE_PROXY_PORT: String(parts.proxyPort) }),
    STAGE: 'local',
    EVENT_BUS_NAME: bus.name,
    TOKEN_ISSUER: parts.token.issuer,
    TOKEN_AUDIENCE: parts.token.audience,
    ARCHIVE_PLACE: parts.archivePlace,
    SEAL_KEY: `file:${parts.sealKeyFile}`,
    CHECKPOINT_PLACE: parts.checkpointPlace,
    SIGN_KEY: `file:${parts.signKeyFile}`,
    POSTHOG_API_KEY: 'phc_local',
    EMAIL_FROM: 'Rookery <alerts@rookery.example>',
    OUTBOUND_ALLOW: parts.reachable.join(','),
    // What answers whenever this process does: a probe that fails beside it is no outage of ours.
    PROBE_REFERENCES: new URL(parts.sinkUrl).host,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    LOG_LEVEL: parts.logLevel,
    // No CloudWatch reads them here: on a screen they are lines like the others.
    ...(/^(TRACE|DEBUG|INFO)$/i.test(parts.logLevel)
      ? {}
      : { POWERTOOLS_METRICS_DISABLED: 'true' }),
  };
};

// A profile or a session of the developer's own must not mix with the made-up keys.
const foreign = ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_ENDPOINT_URL'];

/** Sets these variables in this process, where the handlers run; `stop` puts back what was there. */
export const applyEnv = (
  variables: Readonly<Record<string, string>>,
): { readonly stop: () => void } => {
  const names = [...Object.keys(variables), ...foreign];
  const before = names.map((name) => [name, process.env[name]] as const);
  for (const name of foreign) delete process.env[name];
  Object.assign(process.env, variables);
  return {
    stop: () => {
      for (const [name, value] of before)
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    },
  };
};
