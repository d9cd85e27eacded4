import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Failure } from '@rookery/kernel/failure';

/** Where archived rows go for good: objects that are written once, by a name with slashes. */
export type ArchivePlace = {
  readonly write: (name: string, bytes: Uint8Array) => Promise<void>;
  /**
   * Writes the object unless there is one of that name: false then, also for all but one of those who try at once. In a bucket
   * nobody, root included, changes or removes it before `keepUntil` (Object Lock, COMPLIANCE); a folder cannot promise that.
   */
  readonly create: (name: string, bytes: Uint8Array, keepUntil?: Date) => Promise<boolean>;
  /** The names of all objects that begin like this, sorted. */
  readonly list: (prefix: string) => Promise<readonly string[]>;
  /** The object's bytes; fails with `archive-missing` when there is none. */
  readonly read: (name: string) => Promise<Uint8Array>;
  /** Removes the object for good; one that is not there is no fault. */
  readonly remove: (name: string) => Promise<void>;
};

const missing = (name: string, cause: unknown): Failure =>
  new Failure('unavailable', 'archive-missing', `the archive has no readable ${name}`, { cause });

const isCalled = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error &&
  (names.includes(error.name) || ('code' in error && names.includes(String(error.code))));

// A file that is being written has another name beside it.
const filesBelow = async (path: string): Promise<string[]> => {
  try {
    const found = await readdir(path, { recursive: true, withFileTypes: true });
    return found
      .filter((one) => one.isFile() && !one.name.endsWith('.part'))
      .map((one) => relative(path, join(one.parentPath, one.name)).replaceAll(sep, '/'));
  } catch (error) {
    if (isCalled(error, 'ENOENT')) return [];
    throw error;
  }
};

// Of its own for each write: two of one name at once would rename each other's away.
const draftOf = (file: string): string => `${file}.${randomBytes(4).toString('hex')}.part`;

/** Objects as files of a folder. A file has its name only once it is whole. */
export const folder = (path: string): ArchivePlace => ({
  write: async (name, bytes) => {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    const draft = draftOf(file);
    await writeFile(draft, bytes, { flush: true });
    await rename(draft, file);
  },
  create: async (name, bytes) => {
    const file = join(path, name);
    const draft = draftOf(file);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, bytes, { flush: true, mode: 0o444 });
    try {
      await link(draft, file);
      return true;
    } catch (error) {
      if (isCalled(error, 'EEXIST')) return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  },
  list: async (prefix) =>
    (await filesBelow(path)).filter((name) => name.startsWith(prefix)).toSorted(),
  read: (name) =>
    readFile(join(path, name)).catch((error: unknown) => {
      throw missing(name, error);
    }),
  remove: (name) => rm(join(path, name), { force: true }),
});

// Only archiving pays for the SDK. In the path a bucket's name is found everywhere, also on a laptop.
const openS3 = async () => {
  const sdk = await import('@aws-sdk/client-s3');
  return { ...sdk, client: new sdk.S3Client({ forcePathStyle: true }) };
};

/** Objects of an S3 bucket, below a prefix. */
export const bucket = (Bucket: string, prefix: string): ArchivePlace => {
  let opened: ReturnType<typeof openS3> | undefined;
  const s3 = () => (opened ??= openS3());
  const keyOf = (name: string): string => (prefix === '' ? name : `${prefix}/${name}`);
  return {
    write: async (name, Body) => {
      const { client, PutObjectCommand } = await s3();
      await client.send(new PutObjectCommand({ Bucket, Key: keyOf(name), Body }));
    },
    create: async (name, Body, keepUntil) => {
      const { client, PutObjectCommand } = await s3();
      const lock =
        keepUntil === undefined
          ? {}
          : { ObjectLockMode: 'COMPLIANCE' as const, ObjectLockRetainUntilDate: keepUntil };
      const Key = keyOf(name);
      try {
        await client.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch: '*', ...lock }));
        return true;
      } catch (error) {
        // The second is said while another one is being written: by then it is there.
        if (isCalled(error, 'PreconditionFailed', 'ConditionalRequestConflict')) return false;
        throw error;
      }
    },
    list: async (begin) => {
      const { client, paginateListObjectsV2 } = await s3();
      const names: string[] = [];
      for await (const page of paginateListObjectsV2({ client }, { Bucket, Prefix: keyOf(begin) }))
        for (const { Key = '' } of page.Contents ?? [])
          names.push(prefix === '' ? Key : Key.slice(prefix.length + 1));
      return names.toSorted();
    },
    read: async (name) => {
      const { client, GetObjectCommand } = await s3();
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: keyOf(name) }));
        if (Body === undefined) throw new Error('the answer is empty');
        return await Body.transformToByteArray();
      } catch (error) {
        throw missing(name, error);
      }
    },
    remove: async (name) => {
      const { client, DeleteObjectCommand } = await s3();
      await client.send(new DeleteObjectCommand({ Bucket, Key: keyOf(name) }));
    },
  };
};

/** The place of a setting: `s3://bucket/prefix`, or a folder. */
export const archivePlace = (text: string): ArchivePlace => {
  const [, name, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(text) ?? [];
  return name === undefined ? folder(text) : bucket(name, prefix);
};
