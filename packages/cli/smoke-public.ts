import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe } from '@rookery/kernel/failure';
import { always } from '@rookery/lambda/api';
import { judged, type Finding, type SmokeCheck } from './smoke-check.ts';
import { ask, codeOf, fieldOf, jsonOf, typeOf, type Answer, type Stage } from './smoke-stage.ts';

const pauseMs = 500;

const sick = (answer: Answer): string | false => {
  const database = fieldOf(jsonOf(answer), 'database');
  if (answer.status === 200 && database === 'ok') return false;
  return `status ${answer.status}, database: ${typeof database === 'string' ? database : 'not said'}`;
};

// What was found, and why it is no use to go on: gateways and functions say JSON even when they are ill.
type Health = { readonly fault: string | false; readonly stranger?: string };

const healthOf = async (stage: Stage): Promise<Health> => {
  try {
    const answer = await ask(stage, '/health');
    if (jsonOf(answer) !== undefined) return { fault: sick(answer) };
    const stranger = 'what answers there is no stage';
    return { fault: `status ${answer.status}, ${typeOf(answer)} and not JSON`, stranger };
  } catch (error) {
    return { fault: describe(error), stranger: 'nothing answers there' };
  }
};

// A function starts cold and Neon may be asleep: both are well a moment later.
const health = async (stage: Stage): Promise<Finding> => {
  const until = performance.now() + stage.timeoutMs;
  for (let tries = 1; ; tries += 1) {
    const { fault, ...rest } = await healthOf(stage);
    if (fault === false || performance.now() + pauseMs > until)
      return {
        ...rest,
        ...judged(
          [fault],
          tries === 1 ? 'the database answers' : `the database answers, asked ${tries} times`,
          'is this the URL? Then look at the logs of the function health, at Neon and at DATABASE_URL_API; rookery doctor knows more',
        ),
      };
    await sleep(pauseMs);
  }
};

const isPage = (answer: Answer): boolean =>
  answer.status === 200 && typeOf(answer) === 'text/html' && /<!doctype html/i.test(answer.text);

const docs = async (stage: Stage): Promise<Finding> => {
  const answer = await ask(stage, '/docs');
  return judged(
    [!isPage(answer) && `status ${answer.status}, ${typeOf(answer)}`],
    'an HTML page',
    'look at the route GET /docs and the logs of the function docs',
  );
};

const unknownPath = async (stage: Stage): Promise<Finding> => {
  const answer = await ask(stage, '/v1/smoke-test-of-no-path');
  const type = fieldOf(jsonOf(answer), 'type');
  const code = codeOf(answer);
  const faults = [
    answer.status !== 404 && `status ${answer.status} and not 404`,
    code !== 'route-unknown' && `${typeOf(answer)}, code ${code ?? 'none'} and not route-unknown`,
  ];
  if (typeof type === 'string' && URL.canParse(type)) {
    const page = await ask(stage, type);
    faults.push(!isPage(page) && `its page ${type} answers ${page.status}, ${typeOf(page)}`);
  } else faults.push('its type is no URL');
  return judged(
    faults,
    '404 as problem+json, and its page answers',
    'the route $default must go to the function fallback, and GET /docs/errors/{code} to docs',
  );
};

const headers = async (stage: Stage): Promise<Finding> => {
  const id = `smoke-${randomUUID()}`;
  const answer = await ask(stage, '/health', { headers: { 'x-request-id': id } });
  const given = answer.headers.get('x-request-id');
  return judged(
    [
      given !== id && `x-request-id is ${given ?? 'missing'}, and not the one that was sent`,
      ...Object.entries(always).map(
        ([name, value]) =>
          answer.headers.get(name) !== value &&
          `${name} is ${answer.headers.get(name) ?? 'missing'}`,
      ),
    ],
    'the request’s id comes back, with the security headers',
    'something between the function and you takes headers away or sets its own: look at the gateway and its domain',
  );
};

const nobody = 'smoke-test-of-nobody';

// A tenant that there is not, and one that shows nothing, are told the same: what answers is the function, and its database.
const status = async (stage: Stage): Promise<Finding> => {
  const faults = [`/status/${nobody}`, `/status/${nobody}/none/badge.svg`].map(async (path) => {
    const answer = await ask(stage, path);
    const code = codeOf(answer) ?? typeOf(answer);
    return !(answer.status === 404 && code === 'not-found') && `${path}: ${answer.status}, ${code}`;
  });
  return judged(
    await Promise.all(faults),
    'page and badge answer: nothing is shown of a tenant that there is not',
    'look at the routes below /status and the logs of the function status',
  );
};

/** What everybody may see of a stage; whether it is awake comes first. */
export const publicChecks: readonly SmokeCheck[] = [
  { name: 'health', look: health },
  { name: 'docs', look: docs },
  { name: 'unknown path', look: unknownPath },
  { name: 'headers', look: headers },
  { name: 'status page', look: status },
];
