import pLimit from 'p-limit';
import * as z from 'zod';
import { api, type Served } from '@rookery/http/api';
import type { Endpoint } from '@rookery/http/contract';
import { judged, type Finding, type SmokeCheck } from './smoke-check.ts';
import { ask, codeOf, typeOf, type Stage } from './smoke-stage.ts';

const atOnce = 8;

const isPlainRead = ({ method, params, query, streaming }: Endpoint): boolean =>
  method === 'GET' &&
  streaming === undefined &&
  z.safeParse(params, {}).success &&
  z.safeParse(query, {}).success;

/** A question that makes a function answer. */
type Question = {
  readonly name: Served;
  readonly method: string;
  readonly path: string;
  readonly isRead: boolean;
};

// A read of the function; where it has none, a request with a parameter that no contract knows: it is refused after the token
// was checked and before anything is looked at or done.
const questionFor = (name: Served, endpoints: readonly Endpoint[]): Question[] => {
  const read = endpoints.find(isPlainRead);
  if (read !== undefined) return [{ name, method: 'GET', path: read.path, isRead: true }];
  return endpoints.slice(0, 1).map(({ method, path }) => ({
    name,
    method,
    path: `${path.replaceAll(/\{\w+\}/g, 'smoke-test')}?smoke_test=refuse`,
    isRead: false,
  }));
};

const isServed = (name: string): name is Served => Object.hasOwn(api, name);

/** One question for each function that serves the contract. */
export const questions: readonly Question[] = Object.keys(api)
  .filter(isServed)
  .flatMap((name) => questionFor(name, Object.values<Endpoint>(api[name])));

// The gateway itself refuses a token that it does not know: that another one is let through shows the function only now.
const faultOf = async (stage: Stage, question: Question): Promise<string | false> => {
  const { name, method, path, isRead } = question;
  const answer = await ask(stage, path, { method, isSigned: true });
  const code = codeOf(answer);
  const isHeard =
    code === 'forbidden' ||
    code === 'rate-limited' ||
    (isRead ? answer.status === 200 : code === 'request-malformed');
  return !isHeard && `${name} (${method} ${path}): ${answer.status} ${code ?? typeOf(answer)}`;
};

const look = async (stage: Stage): Promise<Finding> => {
  const faults = await pLimit(atOnce).map(questions, (question) => faultOf(stage, question));
  return judged(
    faults,
    `all ${questions.length} answer to the token`,
    '5xx: look at the logs of that function, its variables and its login; 404: its route goes elsewhere; 401: it checks tokens by other settings than the gateway',
  );
};

/** Whether every function behind the gateway runs. */
export const functionChecks: readonly SmokeCheck[] = [{ name: 'functions', needs: 'token', look }];
