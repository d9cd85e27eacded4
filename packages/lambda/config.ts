import * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'is not a postgres:// URL' });
const httpUrl = z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' });
const name = z.string().min(1, 'is empty');

// One line a setting: its variable, and what it must look like.
const settings = {
  stage: { variable: 'STAGE', schema: name },
  /** Logs in as the owner of the database, who may make roles and schemas: migrations only, over a direct connection. */
  migrationDatabaseUrl: { variable: 'MIGRATION_DATABASE_URL', schema: postgresUrl },
  /** Logs in as `rookery_etl`: writes facts. */
  etlDatabaseUrl: { variable: 'DATABASE_URL_ETL', schema: postgresUrl },
  /** Logs in as `rookery_api`: reads one tenant. */
  apiDatabaseUrl: { variable: 'DATABASE_URL_API', schema: postgresUrl },
  /** Logs in as `rookery_ingest`: appends monitoring rows. */
  ingestDatabaseUrl: { variable: 'DATABASE_URL_INGEST', schema: postgresUrl },
  /** Logs in as `rookery_ops`: retention, partitions, audit. */
  opsDatabaseUrl: { variable: 'DATABASE_URL_OPS', schema: postgresUrl },
  /** The OLTP database, read only. */
  sourceDatabaseUrl: { variable: 'SOURCE_DATABASE_URL', schema: postgresUrl },
  /** The loopback WebSocket proxy in front of a plain Postgres; absent in the cloud. */
  databaseProxyPort: {
    variable: 'DATABASE_PROXY_PORT',
    schema: z.coerce.number('is not a port').int().min(1).max(65_535).optional(),
  },
  aggregateQueueUrl: { variable: 'AGGREGATE_QUEUE_URL', schema: httpUrl },
  aggregateDlqUrl: { variable: 'AGGREGATE_DLQ_URL', schema: httpUrl },
  reconcileQueueUrl: { variable: 'RECONCILE_QUEUE_URL', schema: httpUrl },
  reconcileDlqUrl: { variable: 'RECONCILE_DLQ_URL', schema: httpUrl },
  ingestQueueUrl: { variable: 'INGEST_QUEUE_URL', schema: httpUrl },
  ingestDlqUrl: { variable: 'INGEST_DLQ_URL', schema: httpUrl },
  retentionQueueUrl: { variable: 'RETENTION_QUEUE_URL', schema: httpUrl },
  retentionDlqUrl: { variable: 'RETENTION_DLQ_URL', schema: httpUrl },
  probeQueueUrl: { variable: 'PROBE_QUEUE_URL', schema: httpUrl },
  probeDlqUrl: { variable: 'PROBE_DLQ_URL', schema: httpUrl },
  notifyQueueUrl: { variable: 'NOTIFY_QUEUE_URL', schema: httpUrl },
  notifyDlqUrl: { variable: 'NOTIFY_DLQ_URL', schema: httpUrl },
  eventsQueueUrl: { variable: 'EVENTS_QUEUE_URL', schema: httpUrl },
  eventsDlqUrl: { variable: 'EVENTS_DLQ_URL', schema: httpUrl },
  posthogQueueUrl: { variable: 'POSTHOG_QUEUE_URL', schema: httpUrl },
  posthogDlqUrl: { variable: 'POSTHOG_DLQ_URL', schema: httpUrl },
  siemQueueUrl: { variable: 'SIEM_QUEUE_URL', schema: httpUrl },
  siemDlqUrl: { variable: 'SIEM_DLQ_URL', schema: httpUrl },
  metricsQueueUrl: { variable: 'METRICS_QUEUE_URL', schema: httpUrl },
  metricsDlqUrl: { variable: 'METRICS_DLQ_URL', schema: httpUrl },
  consoleQueueUrl: { variable: 'CONSOLE_QUEUE_URL', schema: httpUrl },
  consoleDlqUrl: { variable: 'CONSOLE_DLQ_URL', schema: httpUrl },
  /** The write-only project key of PostHog, and where it is. */
  posthogApiKey: { variable: 'POSTHOG_API_KEY', schema: name },
  posthogHost: { variable: 'POSTHOG_HOST', schema: httpUrl },
  /** Reads aggregates back from PostHog; without all of these, and `on`, nothing is read. */
  externalAggregates: {
    variable: 'EXTERNAL_AGGREGATES',
    schema: z.enum(['on', 'off'], 'is neither on nor off').default('off'),
  },
  posthogProjectId: { variable: 'POSTHOG_PROJECT_ID', schema: name.optional() },
  posthogQueryKey: { variable: 'POSTHOG_QUERY_KEY', schema: name.optional() },
  /** Where the security log goes: an http(s) URL that takes NDJSON, a folder, or `s3://bucket/prefix`. */
  siemPlace: { variable: 'SIEM_PLACE', schema: name },
  /** Bearer token of a SIEM at a URL. */
  siemToken: { variable: 'SIEM_TOKEN', schema: name.optional() },
  /** Where signed checkpoints of the audit go: a folder, or `s3://bucket/prefix` with Object Lock. */
  checkpointPlace: { variable: 'CHECKPOINT_PLACE', schema: name },
  /** What signs checkpoints and manifests: `file:` and a path, or `kms:` and a key (ECC_NIST_P256). */
  signKey: {
    variable: 'SIGN_KEY',
    schema: z.string().regex(/^(file|kms):./, 'is neither file:<path> nor kms:<key>'),
  },
  /** What seals the secrets of tenants: `file:` and a path, or `kms:` and a key. */
  sealKey: {
    variable: 'SEAL_KEY',
    schema: z.string().regex(/^(file|kms):./, 'is neither file:<path> nor kms:<key>'),
  },
  /** Addresses, `host:port` between commas, that may be reached though the guard would refuse them: none in the cloud. */
  outboundAllow: { variable: 'OUTBOUND_ALLOW', schema: z.string().optional() },
  /** Servers, `host:port` between commas, whose silence tells that the prober itself has no network. */
  probeReferences: { variable: 'PROBE_REFERENCES', schema: z.string().optional() },
  /** The sender of notices by e-mail. */
  emailFrom: { variable: 'EMAIL_FROM', schema: name },
  pagerdutyUrl: { variable: 'PAGERDUTY_URL', schema: httpUrl.optional() },
  /** Where people look at alerts: notices link there. */
  dashboardUrl: { variable: 'DASHBOARD_URL', schema: httpUrl.optional() },
  /** Where archives go: a folder, or `s3://bucket/prefix`. */
  archivePlace: { variable: 'ARCHIVE_PLACE', schema: name },
  /** The origin of the API, where pages of errors are: told to functions that answer at an address of their own. */
  apiUrl: { variable: 'API_URL', schema: httpUrl.optional() },
  eventBusName: { variable: 'EVENT_BUS_NAME', schema: name },
  /** The `iss` of tokens, letter by letter. */
  tokenIssuer: { variable: 'TOKEN_ISSUER', schema: httpUrl },
  /** The `aud` of tokens made out for this API. */
  tokenAudience: { variable: 'TOKEN_AUDIENCE', schema: name },
  /** Where the issuer publishes its public keys. */
  tokenJwksUrl: { variable: 'TOKEN_JWKS_URL', schema: httpUrl },
} as const;

type Settings = typeof settings;

/** The name of a setting a function may ask for. */
export type Setting = keyof Settings;

/** The settings a function asked for, parsed. */
export type Config<K extends Setting> = {
  readonly [S in K]: z.output<Settings[S]['schema']>;
};

/**
 * Parses the environment variables of the settings a function asks for, once, into a frozen object.
 * Fails with `config-invalid`, naming every missing or malformed variable at once but never its value.
 */
export const readConfig = <K extends Setting>(
  wanted: readonly K[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config<K> => {
  const faults: string[] = [];
  const entries = wanted.map((setting) => {
    const { variable, schema } = settings[setting];
    const parsed = schema.safeParse(env[variable]);
    if (!parsed.success)
      faults.push(
        env[variable] === undefined
          ? `${variable} is not set`
          : `${variable} ${parsed.error.issues[0]?.message ?? 'is malformed'}`,
      );
    return [setting, parsed.data] as const;
  });
  if (faults.length > 0)
    // Unavailable, not invalid: no message may be given up for a fault of the deployment.
    throw new Failure(
      'unavailable',
      'config-invalid',
      `the environment is not complete: ${faults.join('; ')}`,
    );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.freeze(Object.fromEntries(entries)) as Config<K>;
};
