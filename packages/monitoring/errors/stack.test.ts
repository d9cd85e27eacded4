import { expect, test } from 'vitest';
import { framesOf } from './stack.ts';

test('a stack of V8 tells its own frames, the innermost first', () => {
  const stack = `TypeError: Cannot read properties of undefined
    at render [as view] (/srv/app/src/lead.ts:10:15)
    at new Board (C:\\work\\src\\board.ts:3:9)
    at Array.map (<anonymous>)
    at async Promise.all (index 0)
    at async handler (file:///var/task/functions/api/leads.mjs:20:3)
    at /srv/app/src/main.ts:5:1
    at Client.query (/srv/app/node_modules/pg/lib/client.js:1:1)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)`;

  expect(framesOf(stack)).toEqual([
    { place: 'render', file: 'src/lead.ts' },
    { place: 'Board', file: 'src/board.ts' },
    { place: 'handler', file: 'functions/api/leads.mjs' },
    { place: '', file: 'src/main.ts' },
  ]);
});

test('what V8 made of a text lies where it was made', () => {
  expect(
    framesOf(`    at eval (eval at run (eval at compile (/srv/src/a.ts:5:20)), <anonymous>:3:12)`),
  ).toEqual([{ place: 'eval', file: 'src/a.ts' }]);
});

test('a stack of Firefox or Safari tells its own frames', () => {
  const stack = `render@https://app.example/assets/index-DiwrgTda.js:1:2345
value/<@https://app.example/assets/vendor-Bx3_k-9Q.js:3:33
async*load@https://app.example/src/load.js?v=3:4:4
made@https://app.example/src/made.js line 5 > Function:1:1
map@[native code]
inject@safari-web-extension://0B/inject.js:1:1
global code@https://app.example/app.js:2:2
https://app.example/app.js:3:3`;

  expect(framesOf(stack)).toEqual([
    { place: 'render', file: '/assets/index.js' },
    { place: 'load', file: 'src/load.js' },
    { place: 'made', file: 'src/made.js' },
    { place: 'global code', file: '/app.js' },
    { place: '', file: '/app.js' },
  ]);
});

test('a stack of Python is read from its end', () => {
  const stack = `Traceback (most recent call last):
  File "/srv/worker/main.py", line 10, in <module>
    main()
  File "/srv/worker/jobs/send.py", line 77, in send
    json.loads(text)
  File "/usr/lib/python3.12/json/decoder.py", line 3, in decode
  File "/venv/site-packages/requests/api.py", line 3, in get
ValueError: bad`;

  expect(framesOf(stack)).toEqual([
    { place: 'send', file: '/srv/worker/jobs/send.py' },
    { place: '<module>', file: '/srv/worker/main.py' },
  ]);
});

test('a message that looks like a frame is none, and no stack has no frames', () => {
  expect(
    framesOf('Error: cannot reach jane@mail.example:25\nhttp://10.0.0.1:8080\n\nat last'),
  ).toEqual([]);
  expect(framesOf('')).toEqual([]);
});

test('frames beyond the first 200 lines do not count', () => {
  const lines = Array.from({ length: 202 }, (_, n) => `    at f${n} (/src/a.ts:1:1)`);

  expect(framesOf(lines.slice(0, 200).join('\n'))).toHaveLength(200);
  expect(framesOf(lines.join('\n'))).toHaveLength(200);
});

const took = (work: () => void): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return user + system;
};

const bombs = [
  'at ', 'at a (', '    at eval (eval at ', '(', '()', ':1', ':1:1', '@', 'a@', 'a@/', '@/:1', '/', '/a1', '\\', 'File "', '-', '.',
  ' ', '\n', ' line 1 > eval', 'src/', '/src/', '[as ', '://', 'https://a/', '?', '#', 'a.a-', '0',
]; // prettier-ignore

const line = (file: string) => `    at f (${file}:1:1)\n`;

test.each(bombs)('a stack of %j only takes time in proportion to its length', (bomb) => {
  const of = (length: number) => {
    const one = line(bomb.repeat(900 / bomb.length)) + `${bomb.repeat(900 / bomb.length)}:1:1\n`;
    return one.repeat(Math.ceil(length / one.length)) + bomb.repeat(length / bomb.length);
  };
  const [small, large] = [of(7_500), of(60_000)];
  framesOf(small);
  const times = [1, 2, 3].map(() => took(() => framesOf(small)));

  // Eight times the text: 8 × the work when linear, 64 × when quadratic, of which 100 ms are chance.
  expect(took(() => framesOf(large))).toBeLessThan(Math.max(...times) * 24 + 100_000);
});
