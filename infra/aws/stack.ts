import { functions as specs, type FunctionName } from '../topology.ts';
import { isStreaming, makeApi, streamingUrl, streamUrls } from './api.ts';
import { makeBuckets } from './buckets.ts';
import { makeBus, makeRules } from './bus.ts';
import { makeWarehouse } from './database.ts';
import { makeFunction, type Functions, type Ground } from './functions.ts';
import { makeKeys } from './keys.ts';
import { migrateWarehouse } from './migrations.ts';
import { deadLetters, makeQueues, subscribe } from './queues.ts';
import { makeSchedules } from './schedules.ts';
import { makeSecrets } from './secrets.ts';
import { readSettings } from './settings.ts';
import { stageOf } from './stage.ts';
import { arnsOf, valuesOf } from './values.ts';

const makeFunctions = (ground: Ground): Functions =>
  Object.fromEntries(
    (Object.keys(specs) as FunctionName[])
      .filter((name) => name !== 'migrate')
      .map((name) => [name, makeFunction(name, ground, isStreaming(name) ? streamingUrl : {})]),
  ) as Functions;

/** Makes every resource of a stage out of infra/topology.ts, and gives its addresses: SST writes them to .sst/outputs.json. */
export const stack = () => {
  const stage = stageOf($app.stage);
  const settings = readSettings(stage, process.env);
  const at = {
    region: aws.getRegionOutput().region,
    account: aws.getCallerIdentityOutput().accountId,
  };
  const parts = {
    settings,
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
  const api = makeApi(before, functions, settings);
  return { api: api.url, streams: streamUrls(functions), schema };
};
