import { functions as specs, type FunctionName } from '../topology.ts';
import { makeAlarms } from './alarms.ts';
import { isStreaming, makeGateway, makeRoutes, streamingUrl, streamUrls } from './api.ts';
import { makeBuckets } from './buckets.ts';
import { makeBus, makeRules } from './bus.ts';
import { makeDashboard } from './dashboard.ts';
import { makeWarehouse } from './database.ts';
import { makeFunction, type Functions, type Ground } from './functions.ts';
import { makeKeys } from './keys.ts';
import { makeLogMetrics } from './log-metrics.ts';
import { migrateWarehouse } from './migrations.ts';
import { deadLetters, makeQueues, subscribe } from './queues.ts';
import { makeSchedules } from './schedules.ts';
import { makeSecrets } from './secrets.ts';
import { readSettings } from './settings.ts';
import { stageOf } from './stage.ts';
import { makeTopic } from './topic.ts';
import { arnsOf, valuesOf } from './values.ts';

const makeFunctions = (ground: Ground): Functions =>
  Object.fromEntries(
    (Object.keys(specs) as FunctionName[])
      .filter((name) => name !== 'migrate')
      .map((name) => [name, makeFunction(name, ground, isStreaming(name) ? streamingUrl : {})]),
  ) as Functions;

// Where an administrator gave the pipeline a boundary, no role that it makes may be more than that (infra/account).
const boundRoles = (boundary: string | undefined): void => {
  if (boundary === undefined) return;
  $transform(aws.iam.Role, (args) => {
    args.permissionsBoundary = boundary;
  });
};

/** Makes every resource of a stage out of infra/topology.ts, and gives its addresses: SST writes them to .sst/outputs.json. */
export const stack = () => {
  const stage = stageOf($app.stage);
  const settings = readSettings(stage, process.env);
  boundRoles(settings.ROLE_BOUNDARY_ARN);
  const at = {
    region: aws.getRegionOutput().region,
    account: aws.getCallerIdentityOutput().accountId,
  };
  const api = makeGateway(stage, settings);
  const parts = {
    settings,
    apiUrl: api.url,
    secrets: makeSecrets(settings),
    warehouse: makeWarehouse(stage, settings),
    queues: makeQueues(),
    bus: makeBus(),
    buckets: makeBuckets(stage),
    keys: makeKeys(stage),
  };
  const firingsDlq = deadLetters('firings-dlq');
  const busDlq = deadLetters('bus-dlq');

  const before: Ground = {
    stage,
    at,
    values: valuesOf(parts, stage.name),
    arns: arnsOf(parts, at),
    failedFirings: firingsDlq.arn,
  };
  const schema = migrateWarehouse(before, Object.values(parts.warehouse.urls));
  const functions = makeFunctions({ ...before, schema });

  subscribe(parts.queues, functions);
  makeSchedules(stage, functions, firingsDlq);
  makeRules(parts.bus, parts.queues, busDlq);
  makeRoutes(api, functions, settings);

  makeLogMetrics(functions);
  const { id } = api.nodes.api;
  const alarms = makeAlarms(stage, id, makeTopic(stage, settings, at));
  makeDashboard(stage, id, at.region, alarms);
  return { api: api.url, streams: streamUrls(functions), schema };
};
