import { stageOf } from './stage.ts';

const defaultRegion = 'eu-central-1';

/**
 * What SST must know before it makes anything: where state is, what happens to a stage that is removed, and the providers, pinned
 * as infra/package.json has them. Every resource carries who it is of and what it is for, for the bill.
 */
export const appOf = (name: string) => {
  const stage = stageOf(name);
  const tags = {
    'rookery:stage': stage.name,
    'rookery:kind': stage.kind,
    'rookery:cost-centre': 'analytics',
  };
  return {
    name: 'rookery',
    home: 'aws' as const,
    removal: stage.isKept ? ('retain' as const) : ('remove' as const),
    protect: stage.isKept,
    // One sst-env.d.ts, at the root: no package reads SST's Resource, functions read their environment (packages/lambda/config.ts).
    types: { ignore: ['packages', 'infra'] },
    providers: {
      aws: {
        version: '7.20.0',
        region: (process.env['AWS_REGION'] ?? defaultRegion) as 'eu-central-1',
        defaultTags: { tags },
      },
      neon: '0.13.0',
      random: '4.16.6',
    },
  };
};
