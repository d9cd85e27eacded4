import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a file of a secret, readable by its owner only, unless there is one; beside itself it makes one. */
export const ensureSecretFile = async (path: string, text: () => string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text(), { mode: 0o600 });
  try {
    // Unlike a rename this never replaces a key that something was sealed or signed with.
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    await chmod(path, 0o600);
  } finally {
    await rm(draft, { force: true });
  }
};
