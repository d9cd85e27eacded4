import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceChangeEndpoints } from '@rookery/http/endpoints/services';
import { openProbeRoom, quick, type ProbeRoom } from '../../test/world/probe-room.ts';
import { pursesOf } from './purse.ts';
import { longestTimeoutSeconds, runProbes } from './run.ts';

let room: ProbeRoom;
beforeEach(() => {
  room = openProbeRoom();
});
afterEach(() => room.close());

const conditions = Array.from({ length: 5 }, () => ({ path: '$..[?value(@.*)==1]', op: 'absent' }));
const usual = { timeoutSeconds: 10, retries: 1, isPlatform: false };

test('JSONPaths of one tenant that take too long leave his services unknown, and no other waits for them', async () => {
  const flat = `[${Array.from({ length: 32_000 }, () => 1).join()}]`;
  const port = await room.serve(
    createServer(
      (request, response) => void response.end(request.url === '/flat' ? flat : '{"a":1}'),
    ),
  );
  const url = `http://127.0.0.1:${port}/`;
  const slow = { kind: 'http', url: `${url}flat`, json_conditions: conditions };
  const plain = { kind: 'http', url, json_conditions: [{ path: '$.a', op: 'equals', value: 1 }] };
  const hog = Array.from({ length: 240 }, () => ({ ...usual, tenantId: 'hog', probe: slow }));
  const { checked } = await runProbes(
    [...hog, { ...usual, tenantId: 'other', probe: plain }],
    room.surroundings(),
    quick,
  );

  const outcomes = checked.map(({ finding }) => finding.outcome);
  expect(outcomes.at(-1)).toBe('ok');
  expect(outcomes.slice(0, -1).filter((outcome) => outcome === 'unknown').length).toBeGreaterThan(
    30,
  );
  expect(checked.find(({ finding }) => finding.outcome === 'unknown')?.finding.reason).toMatch(
    /JSONPaths.*simplify/,
  );
});

test('a tenant pays for himself up to two seconds, and all together up to twenty', () => {
  const purseOf = pursesOf();
  purseOf('a').pay(1_999);
  expect([purseOf('a').isEmpty(), purseOf('b').isEmpty()]).toEqual([false, false]);
  purseOf('a').pay(1);
  expect([purseOf('a').isEmpty(), purseOf('b').isEmpty()]).toEqual([true, false]);

  for (let n = 0; n < 9; n += 1) purseOf(`t${n}`).pay(2_000);
  expect(purseOf('b').isEmpty()).toBe(true);
});

test('no longer time-out may be asked for than a check keeps', () => {
  const { body } = serviceChangeEndpoints.createService;
  const allows = (timeout: number) => body.safeParse({ name: 'API', timeout }).success;

  expect(allows(longestTimeoutSeconds)).toBe(true);
  expect(allows(longestTimeoutSeconds + 1)).toBe(false);
});
