import { assumed } from './assumptions.ts';
import { quantity } from './figures.ts';
import type { Count } from './item.ts';
import { lambdaCounts } from './lambda.ts';
import { firings, messagesOf, type Month } from './messages.ts';
import { busCounts, queueCounts } from './messaging.ts';
import { gatewayRequests, type Run } from './runs.ts';
import type { Fixture } from './stages.ts';
import { logCounts, watchCounts } from './watching.ts';

const gb = 1e9;

const s3 = (month: Month, { keptMonths }: Fixture): Count[] => [
  {
    service: 'S3',
    what: 'archive',
    count: (month.usage.events * assumed('archivedBytes') * keptMonths) / gb,
    price: 'storedGb',
    why: `${quantity(month.usage.events)} events × ${assumed('archivedBytes')} B, kept for ${keptMonths} × a month`,
  },
  {
    service: 'S3',
    what: 'objects written',
    count:
      messagesOf(month, 'siem') + messagesOf(month, 'retention') + firings(month, 'checkpoints'),
    price: 'storedPut',
    why: 'one a message of siem and retention, one a checkpoint',
  },
];

const kms = (month: Month, { keys }: Fixture): Count[] => [
  { service: 'KMS', what: 'keys', count: keys, price: 'key', why: 'one seals, one signs' },
  {
    service: 'KMS',
    what: 'secrets opened',
    count: messagesOf(month, 'notify'),
    price: 'keyRequest',
    why: 'one a notice',
  },
  {
    service: 'KMS',
    what: 'signatures',
    count: firings(month, 'checkpoints'),
    price: 'keySignature',
    why: 'one a checkpoint',
  },
];

const transfer = ({ usage }: Month): Count[] => [
  {
    service: 'Data transfer',
    what: 'out to the internet',
    count: (usage.requests * assumed('responseBytes') + usage.events * assumed('sinkBytes')) / gb,
    price: 'transferGb',
    why:
      `${quantity(usage.requests)} answers × ${quantity(assumed('responseBytes'))} B, ` +
      `${quantity(usage.events)} events × ${assumed('sinkBytes')} B to sinks`,
  },
];

/** What a stage takes of AWS in a month. */
export const awsCounts = (month: Month, runs: readonly Run[], fixture: Fixture): Count[] => [
  ...lambdaCounts(month, runs),
  ...queueCounts(month),
  ...busCounts(month),
  {
    service: 'API Gateway',
    what: 'requests',
    count: gatewayRequests(month, runs),
    price: 'gatewayRequest',
    why: 'all but those of functions that stream by a URL of their own',
  },
  ...logCounts(month, runs, fixture),
  ...watchCounts(month, fixture),
  ...s3(month, fixture),
  ...kms(month, fixture),
  ...transfer(month),
];
