import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { revokeApiKey } from '@rookery/lambda/api-key.sql';
import { hashOf, newApiKey, sameHash, summed } from '@rookery/lambda/api-key';
import { randomFrom } from '@rookery/kernel/random';
import { handler } from '../../functions/api/ingest.ts';
import { ask, askOne } from './ask.ts';
import { openDoorRoom, type DoorRoom } from './ingest-door-room.ts';

const at = new Date();
const body = {
  items: [{ time: at.toISOString(), user_id: 'u', session_id: 's', activity_type: 'action' }],
};

let room: DoorRoom;
beforeAll(async () => {
  room = await openDoorRoom('heron');
});
afterAll(() => room.close());
beforeEach(() => room.drain());

const knock = (key: string, headers: Record<string, string> = {}, stream = 'user-activity') =>
  room.ask(handler, 'POST /v1/ingest/{stream}', {
    stream,
    at,
    body,
    headers: { 'x-api-key': key, ...headers },
  });

test('a key sends for its tenant, whatever the tenant is called; only its hash is kept', async () => {
  for (const tenantId of ['heron', 'Müller & Söhne_GmbH.', '7']) {
    const { id, text } = await room.key({ tenantId });
    const said = await knock(text);
    const [sent] = await room.drain();
    const row = await askOne<object>(
      room.world.ops,
      `select * from monitoring.api_key where id = '${id}'`,
    );

    expect([said.status, sent?.tenant_id]).toEqual([202, tenantId]);
    expect(JSON.stringify(row)).toContain(hashOf(text));
    expect(JSON.stringify(row)).not.toContain(text.slice(-43));
  }
});

test('a key is for its streams alone', async () => {
  const { text } = await room.key({ scopes: ['sessions', 'errors'] });
  const said = await knock(text);

  expect([said.status, said.json.code]).toEqual([403, 'forbidden']);
  expect(said.json.detail).toContain('sessions, errors');
});

test('a revoked key ends at once, an expired one at its moment', async () => {
  const revoked = await room.key();
  expect((await knock(revoked.text)).status).toBe(202);
  await room.world.ops.query(revokeApiKey, { tenantId: 'heron', id: revoked.id, now: at });
  const expired = await room.key({ expiresAt: at });
  const lasting = await room.key({ expiresAt: new Date(at.getTime() + 1) });

  const answers = [await knock(revoked.text), await knock(expired.text), await knock(lasting.text)];
  expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
    [401, 'api-key-revoked'],
    [401, 'api-key-expired'],
    [202, undefined],
  ]);
  expect(answers[0]?.headers['www-authenticate']).toMatch(/^Bearer/);
});

test('of 150 forgeries of a good key none opens anything, and none tells how far it came', async () => {
  const { text } = await room.key();
  const other = await room.key({ tenantId: 'finch' });
  const chance = randomFrom(7);
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const changed = (from: string): string => {
    const place = chance.between(0, from.length - 1);
    const letter = letters[chance.between(0, letters.length - 1)] ?? 'A';
    return from.slice(0, place) + (letter === from[place] ? '~' : letter) + from.slice(place + 1);
  };
  const [head, secret] = [text.slice(0, -49), text.slice(-49, -6)];
  const forged = [
    ...Array.from({ length: 60 }, () => changed(text)),
    // Of those that know how the checksum is made, the database must refuse each.
    ...Array.from({ length: 60 }, () => summed(changed(text.slice(0, -6)))),
    '',
    ' ',
    'rk_',
    head,
    secret,
    text + text,
    `${text}=`,
    `${text} `,
    ` ${text}`,
    text.toUpperCase(),
    text.slice(0, -1),
    `${text}A`,
    `Bearer ${text}`,
    summed(head + other.text.slice(-49, -6)),
    summed(other.text.slice(0, -49) + secret),
    ...Array.from({ length: 15 }, () => newApiKey('heron').text),
  ];

  const answers = [];
  for (const each of forged) answers.push(await knock(each));
  expect(forged.length).toBe(150);
  expect(
    new Set(answers.map(({ status, json }) => `${status} ${json.code} ${json.detail}`)),
  ).toEqual(
    new Set(['401 api-key-invalid this is no API key: send one as it was shown when it was made']),
  );
  expect(await room.drain()).toEqual([]);
});

test('hashes are compared in constant time, and those of another length are different', () => {
  expect([sameHash('ab', 'ab'), sameHash('ab', 'ac'), sameHash('ab', 'abc')]).toEqual([
    true,
    false,
    false,
  ]);
});

test('nobody at the door is told of both ways in, and both at once are refused', async () => {
  const { text } = await room.key();
  const none = await knock(text, { 'x-api-key': undefined, authorization: undefined } as never);
  const both = await knock(text, { authorization: `Bearer ${room.token()}` });

  expect([none.status, none.json.code]).toEqual([401, 'token-missing']);
  expect(none.json.detail).toContain('X-Api-Key');
  expect([both.status, both.json.code]).toEqual([400, 'request-malformed']);
});

test('the use of a key is noted to the hour', async () => {
  const { id, text } = await room.key();
  const used = () =>
    ask<{ last_used_at: string }>(
      room.world.ops,
      `select last_used_at, xmin::text from monitoring.api_key where id = '${id}'`,
    );
  await knock(text);
  const first = await used();
  await knock(text);

  expect(new Date(first[0]?.last_used_at ?? '').getTime()).toBe(at.getTime());
  expect(await used()).toEqual(first);
});
