import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { publishedKeys } from '@rookery/lambda/checkpoint-keys';
import { openSigned } from '@rookery/lambda/signed';
import { archivePlace } from '@rookery/monitoring/retention/place';
import { readAll, shelfAt } from '@rookery/warehouse/audit/checkpoint-shelf';
import { openKms, type Kms } from '../world/kms.ts';
import { openS3, type S3 } from '../world/s3.ts';
import { openCheckpointRoom, type CheckpointRoom } from './audit-checkpoint-room.ts';

const place = 's3://audit/of/prod';
let kms: Kms;
let s3: S3;
let room: CheckpointRoom;
beforeAll(async () => {
  kms = await openKms('audit-1', 'audit-2');
  s3 = await openS3();
  room = await openCheckpointRoom({
    SIGN_KEY: 'kms:audit-1',
    CHECKPOINT_PLACE: place,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_MAX_ATTEMPTS: '1',
  });
  await room.write('a', 3);
});
afterAll(async () => {
  await room.close();
  await kms.close();
  await s3.close();
});
beforeEach(() => {
  kms.fault = null;
  process.env['SIGN_KEY'] = 'kms:audit-1';
});

const hour = (n: number): string => new Date(Date.UTC(2024, 0, 21, n)).toISOString();
const read = async () => {
  const shelf = shelfAt(archivePlace(place), new Date());
  const keys = await publishedKeys(shelf);
  return readAll(shelf, (text) => openSigned(text, keys, 'rookery-checkpoint'));
};
const nameOf = (nth: number): string =>
  `audit/of/prod/checkpoints/${String(nth).padStart(12, '0')}.jws`;

test('signed by KMS, each checkpoint and key lies in S3 under a lock of ten years that nobody shortens', async () => {
  await room.fire(hour(1));

  const years = new Date().getUTCFullYear() + 10;
  expect([...s3.objects.keys()].some((name) => name.startsWith('audit/of/prod/keys/'))).toBe(true);
  for (const { mode, until } of s3.objects.values()) {
    expect(mode).toBe('COMPLIANCE');
    expect(new Date(until ?? '').getUTCFullYear()).toBe(years);
  }
  expect((await read()).filed.map(({ checkpoint }) => checkpoint.heads)).toMatchObject([
    [{ tenant_id: 'a', seq: 3 }],
  ]);
});

test('twice, late and beside itself, in S3 too, a slot has one checkpoint', async () => {
  await room.write('a', 1);
  await Promise.all([hour(2), hour(2), hour(2), hour(1)].map(room.fire));
  const { filed, faults } = await read();
  expect([filed.map(({ checkpoint }) => checkpoint.slot), faults]).toEqual([
    [hour(1), hour(2)],
    [],
  ]);
});

test('after a rotation of the key what the old one signed is still believed', async () => {
  process.env['SIGN_KEY'] = 'kms:audit-2';
  await room.fire(hour(3));
  const { filed, faults } = await read();
  expect([filed.length, faults]).toEqual([3, []]);
});

test('while KMS refuses nothing is written, and the retry of the slot makes up for it', async () => {
  kms.fault = 'AccessDeniedException';
  await room.write('a', 1);
  await expect(room.fire(hour(4))).rejects.toMatchObject({ code: 'sign-key-unusable' });
  expect(s3.objects.has(nameOf(4))).toBe(false);
  kms.fault = null;
  await room.fire(hour(4));
  expect((await read()).filed.at(-1)?.checkpoint.heads).toMatchObject([{ seq: 5 }]);
});

test('a control: where what is there may be overwritten, runs beside each other lose what another signed', async () => {
  s3.overwrites = true;
  await Promise.all([hour(5), hour(5), hour(5), hour(5)].map(room.fire));
  s3.overwrites = false;
  expect(s3.writes.filter((name) => name === nameOf(5)).length).toBeGreaterThan(1);
  expect(s3.writes.filter((name) => name === nameOf(4))).toHaveLength(1);
});
