/**
 * A list price: so many dollars for so many of a unit. `free` is what an account has of it each month without end, or what
 * Neon's paid plans include. `source` says where it was read; a price that could not be read anywhere is not `isChecked`.
 */
export type Price = {
  readonly usd: number;
  readonly per: number;
  readonly unit: string;
  readonly free?: number;
  readonly source: string;
  readonly isChecked: boolean;
};

/** Where the prices are of, and when they were looked up. */
export const pricedAt = { region: 'eu-central-1', month: '2026-11', currency: 'USD' } as const;

const million = 1_000_000;

// Stored copies of pages were read: those of AWS load a region's prices by script, which a copy does not keep.
const read = (source: string) => ({ source, isChecked: true }) as const;
const unchecked = (source: string) => ({ source, isChecked: false }) as const;
const neonPlans = read('neon.com/docs/introduction/plans, of 2026-11-12');

/** Every price of the model: the one file to look at when AWS or Neon change theirs. */
export const prices = {
  lambdaRequest: {
    usd: 0.2,
    per: million,
    unit: 'request',
    free: million,
    ...read('list of AWS’s price API for us-east-1, 2025-10; the same in Frankfurt'),
  },
  // Public tables name the regions that are dearer than us-east-1 (Milan, Cape Town …); Frankfurt is none of them.
  lambdaGbSecond: {
    usd: 0.000_013_333_4,
    per: 1,
    unit: 'GB-s',
    free: 400_000,
    ...read('arm64, first 7.5 G GB-s, us-east-1; Frankfurt is no exception'),
  },
  sqsRequest: {
    usd: 0.4,
    per: million,
    unit: 'request',
    free: million,
    ...read('standard queue, us-east-1, 2026-06; a payload counts once each 64 KB'),
  },
  busEvent: {
    usd: 1,
    per: million,
    unit: 'event',
    ...read('aws.amazon.com/eventbridge/pricing; an event counts once each 64 KB'),
  },
  schedulerInvocation: {
    usd: 1,
    per: million,
    unit: 'firing',
    free: 14 * million,
    ...unchecked('us-east-1, 2026-03; Frankfurt may be 1.20'),
  },
  gatewayRequest: {
    usd: 1.2,
    per: million,
    unit: 'request',
    ...unchecked('HTTP API in Frankfurt, from memory; us-east-1 is 1.00'),
  },
  logGb: {
    usd: 0.63,
    per: 1,
    unit: 'GB',
    free: 5,
    ...read('usage type EUC1-DataProcessing-Bytes, price book of 2026-03'),
  },
  logStoredGb: {
    usd: 0.0324,
    per: 1,
    unit: 'GB-month',
    ...unchecked('Frankfurt, from memory; us-east-1 is 0.03'),
  },
  alarm: { usd: 0.1, per: 1, unit: 'metric', free: 10, ...read('standard resolution, us-east-1') },
  metric: {
    usd: 0.3,
    per: 1,
    unit: 'metric',
    free: 10,
    ...read('first 10,000, us-east-1, 2026-02'),
  },
  dashboard: { usd: 3, per: 1, unit: 'dashboard', free: 3, ...read('price book of 2026-03') },
  storedGb: {
    usd: 0.0245,
    per: 1,
    unit: 'GB-month',
    ...unchecked('S3 Standard in Frankfurt, from memory; us-east-1 is 0.023'),
  },
  storedPut: {
    usd: 0.0054,
    per: 1_000,
    unit: 'PUT',
    ...unchecked('S3 Standard in Frankfurt, from memory; us-east-1 is 0.005'),
  },
  key: { usd: 1, per: 1, unit: 'key', ...read('aws.amazon.com/kms/pricing') },
  keyRequest: {
    usd: 0.03,
    per: 10_000,
    unit: 'request',
    free: 20_000,
    ...read('symmetric, aws.amazon.com/kms/pricing'),
  },
  keySignature: {
    usd: 0.15,
    per: 10_000,
    unit: 'signature',
    ...read('ECC, five times the symmetric price, 2026-06; nothing of it is free'),
  },
  transferGb: {
    usd: 0.09,
    per: 1,
    unit: 'GB',
    free: 100,
    ...read('out to the internet, first 10 TB, us-east-1'),
  },
  neonCuHour: { usd: 0.106, per: 1, unit: 'CU-hour', ...neonPlans },
  neonScaleCuHour: { usd: 0.222, per: 1, unit: 'CU-hour', ...neonPlans },
  neonGb: { usd: 0.35, per: 1, unit: 'GB-month', ...neonPlans },
  neonHistoryGb: { usd: 0.2, per: 1, unit: 'GB-month', ...neonPlans },
  neonBranch: { usd: 1.5, per: 1, unit: 'branch', free: 10, ...neonPlans },
  neonTransferGb: { usd: 0.1, per: 1, unit: 'GB', free: 100, ...neonPlans },
} as const satisfies Record<string, Price>;

/** The name of a price. */
export type PriceName = keyof typeof prices;
