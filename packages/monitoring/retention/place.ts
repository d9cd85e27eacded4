import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '@rookery/kernel/failure';

/** Where archived rows go for good: objects that are written once, by a name with slashes. */
export type ArchivePlace = {
  readonly write: (name: string, bytes: Uint8Array) => Promise<void>;
  /** The object's bytes; fails with `archive-missing` when there is none. */
  readonly read: (name: string) => Promise<Uint8Array>;
  /** Removes the object for good; one that is not there is no fault. */
  readonly remove: (name: string) => Promise<void>;
};

const missing = (name: string, cause: unknown): Failure =>
  new Failure('unavailable', 'archive-missing', `the archive has no readable ${name}`, { cause });

/** Objects as files of a folder. A file has its name only once it is whole. */
export const folder = (path: string): ArchivePlace => ({
  write: async (name, bytes) => {
    const file = join(path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.part`, bytes, { flush: true });
    await rename(`${file}.part`, file);
  },
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
