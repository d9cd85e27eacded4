import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variablesOf } from '../../infra/aws/variables.ts';
import { signToken, startIssuer, type Issuer } from '../../infra/local/issuer.ts';
import { functions, type FunctionName, type FunctionSpec } from '../../infra/topology.ts';
import type { Ran, Task } from './alone.ts';
import { eventsFor } from './alone-events.ts';
import { bundle } from './bundle.ts';

const specs = Object.entries<FunctionSpec>(functions) as [FunctionName, FunctionSpec][];

// On two busy cores: by themselves the bundles take 6 s and a round of all functions 4 s (2026-11).
const patience = 180_000;

let directory: string;
let issuer: Issuer;
let token: string;
const files = new Map<string, string>();

// What Lambda itself puts there; nothing answers at the port, so that no call of AWS leaves this machine.
const ambient = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_MAX_ATTEMPTS: '1',
  LAMBDA_TASK_ROOT: '/var/task',
};

// Well formed, and nothing is there; only the keys of tokens are, or no reader would get as far as its database.
const valueOf = (name: string): string => {
  const values: Readonly<Record<string, string>> = {
    TOKEN_ISSUER: issuer.issuer,
    TOKEN_AUDIENCE: issuer.audience,
    TOKEN_JWKS_URL: issuer.jwksUrl,
    SEAL_KEY: 'kms:arn:aws:kms:eu-west-1:000000000000:key/seal',
    SIGN_KEY: 'kms:arn:aws:kms:eu-west-1:000000000000:key/sign',
    EXTERNAL_AGGREGATES: 'on',
    PROBE_REFERENCES: '127.0.0.1:1',
  };
  if (name in values) return values[name] ?? '';
  const role = /^DATABASE_URL_(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? 'reader';
  if (name.includes('DATABASE_URL')) return `postgres://rookery_${role}:secret@127.0.0.1:1/rookery`;
  if (name.endsWith('_PLACE')) return 's3://bucket/folder';
  return /_(URL|HOST)$/.test(name) ? `http://127.0.0.1:1/000000000000/${name}` : 'something';
};

const taskOf = ([name, spec]: (typeof specs)[number], without: readonly string[] = []): Task => {
  const given = variablesOf(spec).filter((one) => !without.includes(one));
  const env = Object.fromEntries(given.map((one) => [one, valueOf(one)]));
  const file = files.get(spec.handler);
  if (file === undefined) throw new Error(`${spec.handler} became no bundle`);
  return { spec, file, env: { ...ambient, ...env }, events: eventsFor(name, spec, token) };
};

const runAlone = async (tasks: readonly Task[]): Promise<readonly Ran[]> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'alone.ts')], {
    env: {},
    timeout: patience,
  });
  child.stdin.end(JSON.stringify(tasks));
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  if (code !== 0) throw new Error(`exit ${code}: ${err}`);
  return JSON.parse(out) as Ran[];
};

const incomplete = ({ said, answers }: Ran): boolean =>
  /config-invalid|environment is not complete/.test([said, ...answers].join('\n'));

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'rookery-alone-'));
  issuer = await startIssuer({ stateDir: directory, port: 0 });
  const who = { tenantId: 'tenant_1', role: 'operator', subject: 'user_1' } as const;
  token = await signToken(directory, { ...who, expiresInSeconds: 600 });
  const handlers = specs.map(([, { handler }]) => handler);
  for (const { handler, file } of await bundle(handlers, directory)) files.set(handler, file);
}, patience);

afterAll(async () => {
  await issuer?.stop();
  await rm(directory, { recursive: true, force: true });
});

// How what cannot be asked, written, sent or called ends; and how it ends for who brings no token.
const unavailable: readonly RegExp[] = [
  /^threw Failure [a-z-]+-(unavailable|unusable|failed|refused): /,
  /^\{"batchItemFailures":\[\{/,
  /"statusCode":(503|401)\b/,
];

const isUnavailable = (answer: string) => unavailable.some((way) => way.test(answer));

const needNothing = [
  functions.console.handler,
  functions.fallback.handler,
  functions.docs.handler,
] as const;

test(
  'with the variables that it is given and no others, no function finds its environment incomplete',
  async () => {
    const ran = await runAlone(specs.map((one) => taskOf(one)));

    expect(ran.map(({ handler }) => handler)).toEqual(specs.map(([, { handler }]) => handler));
    expect(ran.filter(incomplete)).toEqual([]);
    // Each got as far as what it needs of the world.
    const content = ran.filter(({ answers }) => !answers.every(isUnavailable));
    expect(content.map(({ handler }) => handler)).toEqual(needNothing);
    expect(ran.filter(({ answers }) => answers.length === 0)).toEqual([]);
  },
  patience,
);

// These ask for some only once the world has answered, or can do without some: settings.test.ts alone speaks for those.
const askLater: readonly FunctionName[] = [
  'evaluation',
  'probe',
  'notify',
  'eventRouter',
  'siem',
  'externalAggregates',
  'events',
  'ingest',
  'auditExport',
  'targetChanges',
  // Where its errors are explained is told only when there is one.
  'exports',
];

// Of functions that are given the same, such as the readers of the API, one stands for all.
const unlike = [...Map.groupBy(specs, ([, spec]) => String(variablesOf(spec))).values()].flatMap(
  ([first]) => (first === undefined ? [] : [first]),
);

test(
  'without any one of its variables a function finds its environment incomplete, but for ten that get to some of theirs later',
  async () => {
    const cases = unlike.flatMap((one) =>
      variablesOf(one[1]).map((variable) => ({ one, name: one[0], variable })),
    );
    const ran = await runAlone(cases.map(({ one, variable }) => taskOf(one, [variable])));

    const unmissed = cases.filter((_, n) => ran[n] !== undefined && !incomplete(ran[n]));
    expect(ran.length).toBe(cases.length);
    expect([...new Set(unmissed.map(({ name }) => name))]).toEqual(askLater);
  },
  patience,
);
