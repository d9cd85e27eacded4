import { join } from 'node:path';

/** The checkout, and what SST and we keep below it, none of it in git. */
export const root = join(import.meta.dirname, '../..');
export const work = join(root, '.sst');
export const platform = join(work, 'platform');
/** The packages of infra/package.json: not beside it, where infra/local would find them before its own. */
export const deps = join(work, 'deps');
