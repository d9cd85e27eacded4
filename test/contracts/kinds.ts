import type { Kind } from './account.ts';

/** Deploys and removes the stages of pull requests. */
export const preview = {
  kind: 'preview',
  subject: 'pull_request',
  stages: 'pr-*',
  own: 'pr-12',
  foreign: 'production',
} as const satisfies Kind;

/** Removes, every night, the stages of pull requests that were closed. */
export const sweep: Kind = { ...preview, kind: 'sweep', subject: 'ref:refs/heads/main' };

/** Deploys production, after somebody approved it. */
export const production: Kind = {
  kind: 'production',
  subject: 'environment:production',
  stages: 'production',
  own: 'production',
  foreign: 'pr-12',
};
