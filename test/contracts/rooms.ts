import { dirname, join, normalize } from 'node:path';

// Who may import whom (DESIGN.md §2). A room that is not listed here fails the test: decide, then add it.
const mayImport: Record<string, readonly string[]> = {
  kernel: [],
  db: ['kernel'],
  source: ['db', 'kernel'],
  warehouse: ['db', 'kernel'],
  monitoring: ['db', 'kernel'],
  telemetry: ['db', 'kernel'],
  http: ['kernel'],
  client: ['http', 'kernel'],
  web: ['client', 'kernel'],
  // What reaches out to addresses that others give us: the guard, and what is asked behind it.
  outbound: ['kernel'],
  probe: ['outbound', 'http', 'kernel'],
  lambda: ['outbound', 'http', 'db', 'kernel'],
  // Routes come from the contract table, rules of the bus from the tracking plan.
  topology: ['http', 'telemetry', 'kernel'],
  functions: [
    'lambda',
    'outbound',
    'probe',
    'http',
    'web',
    'warehouse',
    'monitoring',
    'telemetry',
    'source',
    'db',
    'kernel',
    'topology',
  ],
  'infra/local': [
    'functions',
    'topology',
    'cli',
    'lambda',
    'outbound',
    'probe',
    'http',
    'warehouse',
    'monitoring',
    'telemetry',
    'source',
    'db',
    'kernel',
  ],
  'infra/aws': ['topology'],
  // Runs what infra/aws makes against nothing, and holds what comes out against the topology.
  'infra/graph': ['infra/rules'],
  'infra/rules': ['infra/graph', 'infra/aws', 'infra/local', 'topology', 'kernel'],
  // What installs SST and starts it: infra/prepare.ts, infra/sst.ts.
  'infra/sst': ['infra/graph', 'infra/local', 'infra/policy', 'kernel'],
  'infra/policy': ['infra/rules', 'infra/graph', 'topology'],
  // What a stage has is read where it is made: its alarms, its compute, how long its logs are kept.
  'infra/cost': ['infra/aws', 'topology', 'kernel'],
  // What a customer writes: nothing but the client.
  examples: ['client'],
  cli: [
    'infra/local',
    'infra/cost',
    'topology',
    'lambda',
    'outbound',
    'probe',
    'http',
    'warehouse',
    'monitoring',
    'telemetry',
    'source',
    'client',
    'web',
    'db',
    'kernel',
  ],
};

// These touch the outside: environment, clock, network.
const outside = new Set([
  'functions',
  'lambda',
  'outbound',
  'probe',
  'topology',
  'infra/local',
  'infra/aws',
  'infra/graph',
  'infra/sst',
  'infra/policy',
  'cli',
  'examples',
]);
const surroundings: readonly [RegExp, string][] = [
  [/\bprocess\s*\.\s*env\b/, 'reads process.env'],
  [/\bDate\s*\.\s*now\s*\(/, 'reads the clock with Date.now()'],
  [/\bDate\s*\(\s*\)/, 'reads the clock with new Date()'],
  [/\bfetch\s*\(/, 'uses the network with fetch()'],
  [
    /from\s+'(node:)?(http|https|http2|net|tls|dgram|dns)(\/promises)?'/,
    'imports a network module',
  ],
  [/from\s+'(ws|undici|@aws-sdk\/[^']+)'/, 'imports a network client'],
];

const roomOf = (path: string): string => {
  const [first = '', second = ''] = path.split('/');
  if (first === 'packages') return second;
  if (path === 'infra/topology.ts') return 'topology';
  if (first === 'infra') return second.endsWith('.ts') ? 'infra/sst' : `infra/${second}`;
  return first;
};

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');

const imports = (path: string, code: string): { from: string; path: string }[] =>
  [...code.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm)].flatMap(
    ([, from = '']) => {
      if (from.startsWith('.')) return [{ from, path: normalize(join(dirname(path), from)) }];
      if (from.startsWith('@rookery/')) return [{ from, path: `packages/${from.slice(9)}.ts` }];
      return [];
    },
  );

/** Every rule of the house (DESIGN.md §2) that one file breaks. */
export const faults = (path: string, text: string): string[] => {
  const room = roomOf(path);
  const allowed = mayImport[room];
  if (allowed === undefined) return [`${path}: the room ${room} is not in the plan`];
  const code = withoutComments(text);
  const wrong: string[] = [];

  for (const target of imports(path, code)) {
    const to = roomOf(target.path);
    if (to !== room && !allowed.includes(to))
      wrong.push(`imports ${target.from}: ${room} may not import ${to}`);
    if (
      to !== room &&
      to !== 'topology' &&
      target.from.startsWith('.') &&
      path.startsWith('packages/')
    )
      if (target.path.startsWith('packages/'))
        wrong.push(`imports ${target.from}: write @rookery/${to}/…`);
  }
  if (room !== 'db' && !path.endsWith('.sql.ts')) {
    if (/\bstatement\s*(<[^(]*>)?\s*\(/.test(code))
      wrong.push('declares a statement outside *.sql.ts');
    if (/import\s*\{[^}]*\bsql\b[^}]*\}\s*from\s*'kysely'/.test(code))
      wrong.push('writes SQL outside *.sql.ts');
  }
  if (room !== 'db' && /from\s+'@neondatabase\/serverless'/.test(code))
    wrong.push('goes round packages/db to the driver');
  if (!outside.has(room))
    for (const [pattern, what] of surroundings) if (pattern.test(code)) wrong.push(what);
  return wrong.map((what) => `${path}: ${what}`);
};
