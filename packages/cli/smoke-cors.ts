import { cors } from '../../infra/topology.ts';
import { judged, type Finding, type SmokeCheck } from './smoke-check.ts';
import { ask, type Answer, type Stage } from './smoke-stage.ts';

const origin = 'https://smoke-test.example';

const namesIn = (answer: Answer, header: string): ReadonlySet<string> =>
  new Set((answer.headers.get(header) ?? '').split(',').map((name) => name.trim().toLowerCase()));

const lacks = (answer: Answer, header: string, wanted: readonly string[]): string | false => {
  const given = namesIn(answer, header);
  const missing = given.has('*') ? [] : wanted.filter((name) => !given.has(name.toLowerCase()));
  return missing.length > 0 && `${header} lacks ${missing.join(', ')}`;
};

const allowsOrigin = (answer: Answer): string | false => {
  const allowed = answer.headers.get('access-control-allow-origin');
  return allowed !== '*' && allowed !== origin
    ? `access-control-allow-origin is ${allowed ?? 'missing'}`
    : false;
};

const preflight = (stage: Stage, path: string, header: string): Promise<Answer> =>
  ask(stage, path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': header,
    },
  });

const told = (path: string, faults: readonly (string | false)[]): (string | false)[] =>
  faults.map((fault) => fault !== false && `${path}: ${fault}`);

const api = async (stage: Stage): Promise<(string | false)[]> => {
  const path = '/v1/overview';
  const asked = await preflight(stage, path, 'authorization');
  const answer = await ask(stage, '/health', { headers: { origin } });
  const age = asked.headers.get('access-control-max-age');
  return [
    ...told(`preflight of ${path}`, [
      asked.status !== 200 && asked.status !== 204 && `status ${asked.status}`,
      allowsOrigin(asked),
      lacks(asked, 'access-control-allow-methods', cors.methods),
      lacks(asked, 'access-control-allow-headers', cors.headers),
      age !== String(cors.maxAgeSeconds) && `access-control-max-age is ${age ?? 'missing'}`,
    ]),
    ...told('/health', [
      allowsOrigin(answer),
      lacks(answer, 'access-control-expose-headers', cors.exposed),
    ]),
  ];
};

// A browser downloads an export with a token: more than that no other origin needs of a function URL.
const stream = async (stage: Stage, path: string): Promise<(string | false)[]> => {
  const asked = await preflight(stage, path, 'authorization');
  return told(`preflight of ${path}`, [
    asked.status !== 200 && asked.status !== 204 && `status ${asked.status}`,
    allowsOrigin(asked),
    lacks(asked, 'access-control-allow-methods', ['GET']),
    lacks(asked, 'access-control-allow-headers', ['authorization']),
  ]);
};

const look = async (stage: Stage): Promise<Finding> => {
  const faults = await Promise.all([
    api(stage),
    stream(stage, '/v1/exports/campaign-days'),
    stream(stage, '/v1/audit-log/export'),
  ]);
  return judged(
    faults.flat(),
    'pages of other origins may ask, as the topology says',
    'compare with cors of infra/topology.ts, for the gateway and for each function URL',
  );
};

/** What a browser of another origin is told before it asks. */
export const corsChecks: readonly SmokeCheck[] = [{ name: 'cors', look }];
