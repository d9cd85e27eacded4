import type { Purpose } from '@rookery/lambda/database';
import { readConfig, type Setting } from '@rookery/lambda/config';
import { queueNames } from '@rookery/lambda/queue-names';
import { sinkNames } from '@rookery/telemetry/sink';
import { variablesOf } from '../../infra/aws/variables.ts';
import type { FunctionSpec } from '../../infra/topology.ts';
import type { Carried } from './carried.ts';

/** The variable that a login for a purpose is read from, as packages/lambda/database.ts has it. */
export const logins = {
  source: 'SOURCE_DATABASE_URL',
  etl: 'DATABASE_URL_ETL',
  ingest: 'DATABASE_URL_INGEST',
  ops: 'DATABASE_URL_OPS',
  api: 'DATABASE_URL_API',
  exports: 'DATABASE_URL_API',
  records: 'DATABASE_URL_API',
} as const satisfies Record<Purpose, string>;

// A laptop's alone: in the cloud they are absent, and code that asks for them goes on without.
const localOnly = new Set(['DATABASE_PROXY_PORT', 'OUTBOUND_ALLOW']);

// What anybody may set on a function by hand, to see more or less of it; nothing hangs on them.
const knobs = new Set(['LOG_LEVEL', 'POWERTOOLS_METRICS_DISABLED', 'POSTHOG_CAPTURE_MODE']);

// Reads the whole environment, for what Lambda itself puts there.
const ofLambda: Readonly<Record<string, readonly string[]>> = {
  'packages/lambda/deploy.ts': ['LAMBDA_TASK_ROOT'],
};

// These files define what is looked for; their own text asks for everything.
const definitions = new Set(['packages/lambda/config.ts', 'packages/lambda/database.ts']);

/** The variable of a setting: the one that the code itself looks up. */
export const variableOf = (setting: Setting): string => {
  const looked: string[] = [];
  const env = new Proxy<Record<string, string>>(
    {},
    { get: (_, name) => void looked.push(String(name)) },
  );
  try {
    readConfig([setting], env);
  } catch {
    // It is missing, of course.
  }
  const [variable] = looked;
  if (variable === undefined) throw new Error(`packages/lambda/config.ts has no ${setting}`);
  return variable;
};

const queueUrls = (names: readonly string[]): string[] =>
  names.map((name) => `${name.toUpperCase()}_QUEUE_URL`);

// What code asks for by names that it makes up: how it does, and what its callers can make of it.
type MadeUp = { readonly call: RegExp; readonly variables: (text: string) => readonly string[] };

const madeUp: Readonly<Record<string, MadeUp>> = {
  'packages/lambda/event-queues.ts': {
    call: /^readConfig\(\[setting\]\)$/,
    variables: (text) => [
      // Its loads are those of packages/telemetry/door.ts: the router's, and the sinks'.
      ...(text.includes('sendEach =') ? queueUrls(['events', ...sinkNames]) : []),
      // Only the router sends bodies, and to sinks alone (packages/telemetry/router.ts).
      ...(text.includes('sendBodies =') ? queueUrls(sinkNames) : []),
      ...(text.includes('urlOf("events")') ? queueUrls(['events']) : []),
    ],
  },
  // How full any of them is: probes name it.
  'packages/lambda/queue-depth.ts': {
    call: /^readConfig\(\[`\$\{name\d*\}QueueUrl`, `\$\{name\d*\}DlqUrl`\]\)$/,
    variables: () => [
      ...queueUrls(queueNames),
      ...queueNames.map((name) => `${name.toUpperCase()}_DLQ_URL`),
    ],
  },
  // The API's own connections, or those for records: one login.
  'packages/lambda/write.ts': {
    call: /^database\(purpose\d*\)$/,
    variables: () => [logins.api],
  },
};

/** What code asks for, and what it asks in a way that nobody can read. */
export type Asked = { readonly variables: ReadonlySet<string>; readonly faults: readonly string[] };

const isPurpose = (text: string): text is Purpose => Object.hasOwn(logins, text);

const settingsIn = (list: string): readonly string[] | undefined =>
  /^\s*("\w+",?\s*)+$/.test(list)
    ? // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- variableOf fails on what is none
      [...list.matchAll(/"(\w+)"/g)].map(([, name = '']) => variableOf(name as Setting))
    : undefined;

// One purpose, or one of two.
const loginsIn = (argument: string): readonly string[] | undefined => {
  const [, one, ...two] = /^"(\w+)"$|\? "(\w+)" : "(\w+)"$/.exec(argument) ?? [];
  const purposes = [one, ...two].filter((purpose) => purpose !== undefined);
  return purposes.length > 0 && purposes.every(isPurpose)
    ? purposes.map((purpose) => logins[purpose])
    : undefined;
};

// esbuild writes a digit behind a name that another file has, too.
const calls = /(?<![.\w])(readConfig|database)\d*\((\[[^\]]*\]|[^()]*)\)/g;
const mentions = /(?<![.\w])readConfig\d*\b|(?<![.\w])database\d*\(/g;

const readsOfLambda = (file: string, text: string): boolean => {
  const names = [...text.matchAll(/\benv\d*\["(\w+)"\]/g)].map(([, name]) => name);
  return ofLambda[file] !== undefined && String(names) === String(ofLambda[file]);
};

const askedIn = (file: string, text: string): Asked => {
  const variables: string[] = [];
  const faults: string[] = [];
  const found = [...text.matchAll(calls)];
  if (found.length < [...text.matchAll(mentions)].length)
    faults.push(`${file} does more with readConfig or database than call it`);
  for (const [, verb = '', argument = ''] of found) {
    const literal = verb === 'database' ? loginsIn(argument) : settingsIn(argument.slice(1, -1));
    const rule = madeUp[file];
    const call = `${verb}(${argument})`;
    if (literal !== undefined) variables.push(...literal);
    else if (rule?.call.test(call) === true) variables.push(...rule.variables(text));
    else faults.push(`${file} asks by names that it makes up: ${call}`);
  }
  for (const [whole, name] of text.matchAll(/process\.env(?:\["(\w+)"\])?/g))
    if (name === undefined ? !readsOfLambda(file, text) : !knobs.has(name))
      faults.push(`${file} reads ${whole} past packages/lambda/config.ts`);
  return { variables: new Set(variables), faults };
};

/** The variables that a function's code can ask for, optional ones too. */
export const askedBy = ({ files }: Carried): Asked => {
  const each = [...files]
    .filter(([file]) => !definitions.has(file))
    .map(([file, text]) => askedIn(file, text));
  const all = each.flatMap(({ variables }) => [...variables]);
  return {
    variables: new Set(all.filter((name) => !localOnly.has(name))),
    faults: each.flatMap(({ faults }) => faults),
  };
};

/** What a function would miss, and what it is given though it never asks for it. */
export const unfit = (spec: FunctionSpec, carried: Carried): string[] => {
  const given = new Set<string>(variablesOf(spec));
  const { variables, faults } = askedBy(carried);
  const { handler } = spec;
  return [
    ...faults.map((fault) => `${handler}: ${fault}`),
    ...[...variables]
      .filter((name) => !given.has(name))
      .map((name) => `${handler} is not given ${name}`),
    ...[...given]
      .filter((name) => !variables.has(name))
      .map((name) => `${handler} never asks for ${name}`),
  ].toSorted();
};
