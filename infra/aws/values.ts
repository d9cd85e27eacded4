import type { QueueName } from '../topology.ts';
import type { Warehouse } from './database.ts';
import type { Ground } from './functions.ts';
import { physical } from './names.ts';
import type { QueuePair } from './queues.ts';
import type { Settings } from './settings.ts';
import { folders } from './statements.ts';

type Text = $util.Input<string>;

/** The parts that functions are told about. */
export type Parts = {
  readonly settings: Settings;
  readonly apiUrl: Text;
  readonly secrets: Readonly<Partial<Record<string, Text>>>;
  readonly warehouse: Warehouse;
  readonly queues: Readonly<Record<QueueName, QueuePair>>;
  readonly bus: sst.aws.Bus;
  readonly buckets: { readonly archive: sst.aws.Bucket; readonly checkpoints: sst.aws.Bucket };
  readonly keys: { readonly seal: aws.kms.Key; readonly sign: aws.kms.Key };
};

const queueUrls = (queues: Parts['queues']): Record<string, Text> =>
  Object.fromEntries(
    Object.entries(queues).flatMap(([name, { queue, dead }]) => [
      [`${name.toUpperCase()}_QUEUE_URL`, queue.url],
      [`${name.toUpperCase()}_DLQ_URL`, dead.url],
    ]),
  );

/** The value of every variable that a function may find in its environment. */
export const valuesOf = (parts: Parts, stage: string): Ground['values'] => {
  const { settings, secrets, warehouse, buckets, keys, bus } = parts;
  const archive = $interpolate`s3://${buckets.archive.name}`;
  return {
    ...queueUrls(parts.queues),
    ...secrets,
    STAGE: stage,
    MIGRATION_DATABASE_URL: warehouse.migrationUrl,
    DATABASE_URL_ETL: warehouse.urls.etl,
    DATABASE_URL_API: warehouse.urls.api,
    DATABASE_URL_INGEST: warehouse.urls.ingest,
    DATABASE_URL_OPS: warehouse.urls.ops,
    EVENT_BUS_NAME: bus.name,
    ARCHIVE_PLACE: $interpolate`${archive}/${folders.archive}`,
    CHECKPOINT_PLACE: $interpolate`s3://${buckets.checkpoints.name}/${folders.checkpoints}`,
    SIEM_PLACE: settings.SIEM_URL ?? $interpolate`${archive}/${folders.siem}`,
    SIGN_KEY: $interpolate`kms:${keys.sign.arn}`,
    SEAL_KEY: $interpolate`kms:${keys.seal.arn}`,
    TOKEN_ISSUER: settings.TOKEN_ISSUER,
    TOKEN_AUDIENCE: settings.TOKEN_AUDIENCE,
    TOKEN_JWKS_URL: settings.TOKEN_JWKS_URL,
    EMAIL_FROM: settings.EMAIL_FROM,
    POSTHOG_HOST: settings.POSTHOG_HOST,
    POSTHOG_PROJECT_ID: settings.POSTHOG_PROJECT_ID,
    EXTERNAL_AGGREGATES: settings.EXTERNAL_AGGREGATES,
    PROBE_REFERENCES: settings.PROBE_REFERENCES,
    PAGERDUTY_URL: settings.PAGERDUTY_URL,
    DASHBOARD_URL: settings.DASHBOARD_URL,
    API_URL: parts.apiUrl,
  };
};

/** The ARNs of what functions use. */
export const arnsOf = (parts: Parts, at: Ground['at']): Ground['arns'] => {
  const domain = /@([^@\s>]+)>?$/.exec(parts.settings.EMAIL_FROM)?.[1] ?? '';
  const queue = (name: string): Text =>
    $interpolate`arn:aws:sqs:${at.region}:${at.account}:${physical(name)}`;
  const pairs = Object.values(parts.queues);
  return {
    queue,
    bus: parts.bus.arn,
    archive: parts.buckets.archive.arn,
    checkpoints: parts.buckets.checkpoints.arn,
    signKey: parts.keys.sign.arn,
    sealKey: parts.keys.seal.arn,
    sender: $interpolate`arn:aws:ses:${at.region}:${at.account}:identity/${domain}`,
    below: (bucket, folder) => $interpolate`${bucket}/${folder}/*`,
    allQueues: pairs.flatMap((pair) => [pair.queue.arn, pair.dead.arn]),
  };
};
