import { createServer, type RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { closeServer, listenOnLoopback } from '../../infra/local/loopback.ts';
import { smoke, smokeChecks } from '../../packages/cli/smoke.ts';
import { ask } from '../../packages/cli/smoke-stage.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const stageOf = async (answer: RequestListener) => {
  const server = createServer(answer);
  const api = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  closing.push(async () => {
    server.closeAllConnections();
    await closeServer(server);
  });
  return { api, streams: {}, isWriting: false, timeoutMs: 600 };
};

const verdicts = async (answer: RequestListener) => {
  const paths = new Set<string>();
  const stage = await stageOf((request, response) => {
    paths.add(request.url ?? '');
    answer(request, response);
  });
  const [health, ...rest] = await smoke(stage);
  return {
    api: stage.api,
    health,
    paths: [...paths],
    why: new Set(rest.map(({ found }) => found)),
  };
};

test.each<[string, RequestListener, string]>([
  [
    'a page of somebody else',
    (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
    'status 200, text/html and not JSON',
  ],
  [
    'a redirect to a login',
    (_, response) => response.writeHead(302, { location: 'https://login.example/' }).end(),
    'status 302, untyped and not JSON',
  ],
])('%s fails once, and nothing else is asked of it', async (_, answer, found) => {
  const { health, paths, why } = await verdicts(answer);

  expect(health).toMatchObject({ check: 'health', verdict: 'fail', found });
  expect(paths).toEqual(['/health']);
  expect([...why]).toEqual(['what answers there is no stage']);
});

test.each<[string, RequestListener, RegExp]>([
  ['never comes', () => {}, /^no-answer: GET http\S+\/health: not whole within 0\.6 s$/],
  [
    'stops in its middle',
    (_, response) => response.writeHead(200, { 'content-length': 100 }).write('{'),
    /^no-answer: GET http\S+\/health: not whole within 0\.6 s$/,
  ],
  [
    'breaks off',
    (_, response) =>
      response
        .writeHead(200, { 'content-length': 100 })
        .write('{', () => setTimeout(() => response.destroy(), 20)),
    /^no-answer: GET http\S+\/health: \w/,
  ],
])(
  'an answer that %s is told with what was asked, and nothing else is',
  async (_, answer, found) => {
    const { health, paths, why } = await verdicts(answer);

    expect(health).toMatchObject({ verdict: 'fail', found: expect.stringMatching(found) });
    expect(paths).toEqual(['/health']);
    expect([...why]).toEqual(['nothing answers there']);
  },
);

test('a stage whose function of health fails is asked on: the rest may be well', async () => {
  const { health, paths } = await verdicts((_, response) =>
    response
      .writeHead(500, { 'content-type': 'application/json' })
      .end('{"message":"Internal Server Error"}'),
  );

  expect(health).toMatchObject({ verdict: 'fail', found: 'status 500, database: not said' });
  expect(paths.length).toBeGreaterThan(100);
  expect(smokeChecks[0]?.name).toBe('health');
});

test('a gateway that throttles for ever is not asked for ever', async () => {
  let asked = 0;
  const stage = await stageOf((_, response) => {
    asked += 1;
    response.writeHead(429).end('{"message":"Too Many Requests"}');
  });

  expect((await ask(stage, '/docs')).status).toBe(429);
  expect(asked).toBeGreaterThan(1);
});

test('what the allowance of a tenant refuses is an answer, and not asked again', async () => {
  let asked = 0;
  const stage = await stageOf((_, response) => {
    asked += 1;
    response.writeHead(429, { 'ratelimit-limit': '60' }).end('{}');
  });

  expect((await ask(stage, '/v1/overview')).status).toBe(429);
  expect(asked).toBe(1);
});
