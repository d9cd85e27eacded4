import { expect } from 'vitest';
import type { World } from '../world/world.ts';
import { shell, type Block } from './guide-blocks.ts';
import type { Api } from './stack.ts';

/** The variables of a guide's examples: an API and a token of the test's own, and the databases for its commands. */
export const guideEnv = (api: Api, tenantId: string): Readonly<Record<string, string>> => {
  const url = (role: Parameters<World['url']>[0]) => api.world.url(role);
  return {
    API: api.url,
    TOKEN: api.token({ tenantId, role: 'tenant-admin' }),
    MIGRATION_DATABASE_URL: url('postgres'),
    SOURCE_DATABASE_URL: url('rookery_source'),
    DATABASE_URL_ETL: url('rookery_etl'),
    DATABASE_URL_OPS: url('rookery_ops'),
    DATABASE_URL_API: url('rookery_api'),
    DATABASE_URL_INGEST: url('rookery_ingest'),
  };
};

/** Runs a block of a guide but for where its API and token come from; returns the JSON answers, one behind the other. */
export const answersOf = async (
  block: Block | undefined,
  env: Readonly<Record<string, string>>,
): Promise<unknown[]> => {
  const script = (block?.lines ?? [])
    .filter((line) => !/^export (API|TOKEN)=/.test(line))
    .join('\n');
  const { code, out, err } = await shell(script, env);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(`[${out.replaceAll('}{', '},{')}]`) as unknown[];
};
