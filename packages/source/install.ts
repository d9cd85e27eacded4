import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from '@rookery/db/pool';

/**
 * Creates the source contract's tables, role and grants on a laptop's or a test's database.
 * Safe to repeat: what exists is left as it is. A real source needs none of this (docs/data-contract.md).
 */
export const installContract = async (adminDb: Session): Promise<void> => {
  await adminDb.script(await readFile(join(import.meta.dirname, 'contract.sql'), 'utf8'));
};
