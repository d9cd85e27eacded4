import type { StageKind } from '../topology.ts';

/** What of a stage goes by its kind. */
export type Stage = {
  readonly name: string;
  readonly kind: Exclude<StageKind, 'local'>;
  /** Its data outlives it: nothing that holds data is removed with the stage, and nobody removes the stage by mistake. */
  readonly isKept: boolean;
  /** Days that logs are kept. */
  readonly logs: '1 week' | '1 month' | '3 months';
  /** Requests a second that the gateway lets through, and how many at once before that. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** Whether each function has a share of the account's concurrency set aside: previews share what is left. */
  readonly isReserved: boolean;
  /** Compute units of its Neon branch; production's are set in Neon. */
  readonly compute: { readonly leastCu: number; readonly mostCu: number };
};

const kinds = {
  production: {
    isKept: true,
    logs: '3 months',
    throttle: { rate: 200, burst: 400 },
    isReserved: true,
    compute: { leastCu: 1, mostCu: 8 },
  },
  staging: {
    isKept: false,
    logs: '1 month',
    throttle: { rate: 50, burst: 100 },
    isReserved: true,
    compute: { leastCu: 0.25, mostCu: 2 },
  },
  preview: {
    isKept: false,
    logs: '1 week',
    throttle: { rate: 10, burst: 20 },
    isReserved: false,
    compute: { leastCu: 0.25, mostCu: 1 },
  },
} as const;

// Physical names are made of the app, the stage, the thing and a hash, in 64 characters.
const longestName = 20;

/** The stage of a name: `production` and `staging` are what they are called, every other one is a preview. */
export const stageOf = (name: string): Stage => {
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > longestName)
    throw new Error(
      `a stage is called by at most ${longestName} small letters, digits and dashes, such as pr-12: not ${name}`,
    );
  const kind = name === 'production' || name === 'staging' ? name : 'preview';
  return { name, kind, ...kinds[kind] };
};
