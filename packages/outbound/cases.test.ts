import { existsSync, readFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Failure } from '@rookery/kernel/failure';
import {
  listening,
  openOutboundRoom,
  type OutboundRoom,
  type Zone,
} from '../../test/world/outbound-room.ts';
import { faultOfAddress } from './address.ts';
import { systemNetwork } from './network.ts';
import { webPolicy } from './policy.ts';
import { request } from './request.ts';

type Case = {
  readonly id: string;
  readonly url: string;
  readonly expect: 'allow' | 'block';
  readonly reason: string;
  readonly dns?: Zone;
  readonly dns_sequence?: Zone;
  readonly redirects?: readonly { readonly status: number; readonly location: string }[];
  readonly expect_connect?: string;
};
const file = join(import.meta.dirname, '../../../shared/cases/ssrf-cases.json');
const hasShared = existsSync(file);
const { cases } = hasShared
  ? (JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] })
  : { cases: [] };

let room: OutboundRoom;
let script: { status: number; location: string }[] = [];
beforeAll(async () => {
  room = await openOutboundRoom((_request, response) => {
    const next = script.shift();
    if (next === undefined) response.end('public');
    else response.writeHead(next.status, { location: next.location }).end();
  });
});
afterAll(() => room.close());
beforeEach(() => {
  script = [];
  room.dialled();
});

const ask = (url: string, zone: Zone) =>
  request(
    { url, timeoutMs: 5_000 },
    { policy: webPolicy(), network: room.networkOf(zone), ca: room.authority.ca },
  );

test.skipIf(!hasShared)(
  `there are as many cases as there were, ${cases.length} (../shared/cases)`,
  () => {
    expect(cases.length).toBeGreaterThanOrEqual(63);
  },
);

test.each(cases.filter((one) => one.expect === 'allow'))(
  '$id: $url is asked ($reason)',
  async ({ url, dns, dns_sequence, expect_connect }) => {
    const answer = await ask(url, { ...dns, ...dns_sequence });

    const dialled = room.dialled();
    expect(Buffer.from(answer.body).toString()).toBe('public');
    expect(dialled).toHaveLength(1);
    expect(faultOfAddress(answer.address)).toBeNull();
    expect(answer.address).toBe(expect_connect ?? answer.address);
  },
);

test.each(cases.filter((one) => one.expect === 'block'))(
  '$id: $url is refused ($reason)',
  async ({ url, dns, dns_sequence, redirects = [] }) => {
    script = [...redirects];
    const failure = await ask(url, { ...dns, ...dns_sequence }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Failure);
    const isEmpty = Object.values(dns ?? {}).some((addresses) => addresses.length === 0);
    expect(failure).toMatchObject({ code: isEmpty ? 'outbound-failed' : 'outbound-refused' });
    // Only the hops before the bad one were made, and all of them to public addresses.
    const dialled = room.dialled();
    expect(dialled.length).toBeLessThanOrEqual(Math.min(redirects.length, 4));
    for (const place of dialled) expect(faultOfAddress(place.replace(/:\d+$/, ''))).toBeNull();
  },
);

test('one private address among public ones refuses the name', async () => {
  const zone = { 'mixed.example.com': ['93.184.215.14', '10.0.0.1'] };

  await expect(ask('http://mixed.example.com/', zone)).rejects.toMatchObject({
    code: 'outbound-refused',
  });
  expect(room.dialled()).toEqual([]);
});

test('a name that turns to loopback after the check is asked where it was checked; control: two look-ups are fooled', async () => {
  let isReached = 0;
  const inside = createServer((_request, response) => {
    isReached += 1;
    response.end('credentials');
  });
  const port = await listening(inside);
  const zone: Zone = { 'rebind.example.com': [['93.184.215.14'], ['127.0.0.1']] };

  const answer = await ask('http://rebind.example.com/', zone);
  expect([answer.address, isReached]).toEqual(['93.184.215.14', 0]);

  // What is usually written: judge what DNS says, then let the client look it up.
  const { resolve } = room.networkOf(zone);
  const { signal } = new AbortController();
  const judged = await resolve('rebind.example.com', signal);
  expect(judged.map(faultOfAddress)).toEqual([null]);
  const fooled = await new Promise<IncomingMessage>((done, fail) => {
    get(
      `http://rebind.example.com:${port}/`,
      {
        lookup: (host, _options, found) => {
          void resolve(host, signal).then((addresses) =>
            found(
              null,
              addresses.map((address) => ({ address, family: 4 })),
            ),
          );
        },
      },
      done,
    ).on('error', fail);
  });
  expect([fooled.statusCode, isReached]).toEqual([200, 1]);
  fooled.destroy();
  inside.close();
});

test('the system network dials no names: they would be looked up behind the guard', () => {
  expect(() => systemNetwork.dial('localhost', 80)).toThrow('no IP address');
});
