import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { assertLoopback, choosePort } from './endpoint.ts';

test('every way of writing this machine is accepted', () => {
  expect(() => {
    assertLoopback({
      a: 'http://127.0.0.1:9324',
      b: 'http://localhost:1',
      c: 'http://[::1]:1/q',
      d: 'postgres://postgres@127.9.9.9:5432/rookery',
    });
  }).not.toThrowError(/./);
});

test.each([
  'https://sqs.eu-west-1.amazonaws.com/1/q',
  'http://127.0.0.1.example.com/',
  'http://localhost.example.com/',
  'http://0.0.0.0:1/',
  'http://10.0.0.1/',
  'postgres://user:secret@ep-cool.neon.tech/main',
  'not a url',
])('%s is refused, without showing its password', (url) => {
  expect(() => {
    assertLoopback({ good: 'http://127.0.0.1', QUEUE_URL: url });
  }).toThrowError(/QUEUE_URL/);
  expect(() => {
    assertLoopback({ QUEUE_URL: url });
  }).not.toThrowError(/secret/);
});

test('a taken port is replaced by a free one, a free one is kept', async () => {
  const holder = createServer();
  const free = await choosePort();
  await new Promise<void>((resolve) => holder.listen(free, '127.0.0.1', resolve));

  expect(await choosePort(free)).not.toBe(free);

  await new Promise((resolve) => holder.close(resolve));
  expect(await choosePort(free)).toBe(free);
});
