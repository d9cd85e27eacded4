import * as z from 'zod';
import { overviewEndpoints } from '@rookery/http/endpoints/overview';
import { freshnessEndpoints } from '@rookery/http/endpoints/freshness';
import { columnsOf } from '@rookery/http/flatten';
import { judged, type Finding, type SmokeCheck } from './smoke-check.ts';
import { ask, codeOf, jsonOf, typeOf, type Answer, type Stage } from './smoke-stage.ts';

const path = '/v1/overview';
const signed = { isSigned: true } as const;
const mostSkewMs = 120_000;
const mostAgeMs = 3 * 3_600_000;

const refused = (answer: Answer): string =>
  `status ${answer.status}, ${codeOf(answer) ?? typeOf(answer)}`;

const forbidden =
  'give a token of a tenant-member, tenant-admin or operator of this stage’s issuer';

const overview = async (stage: Stage): Promise<Finding> => {
  const answer = await ask(stage, path, signed);
  const parsed = overviewEndpoints.getOverview.response.safeParse(jsonOf(answer));
  if (answer.status !== 200)
    return {
      verdict: 'fail',
      found: refused(answer),
      advice:
        answer.status === 401 || answer.status === 403
          ? forbidden
          : 'look at the logs of the function overview',
    };
  if (!parsed.success)
    return judged(
      parsed.error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.message}`),
      '',
      'the answer is not what the contract of this checkout says: is another version deployed?',
    );
  const asOf = parsed.data.as_of;
  const skew = Math.abs(Date.now() - Date.parse(asOf));
  return judged(
    [
      !(skew <= mostSkewMs) && `as_of is ${asOf}, ${Math.round(skew / 1_000)} s from the time here`,
      answer.headers.get('rookery-as-of') !== asOf && 'the header rookery-as-of says another time',
    ],
    `200, as of ${asOf}`,
    'compare the clocks of the database and of this machine; an old one may come out of a cache on the way',
  );
};

const csv = async (stage: Stage): Promise<Finding> => {
  const answer = await ask(stage, '/v1/overview/series.csv', signed);
  const [head = '', ...lines] = answer.text.split('\r\n');
  const columns = columnsOf(overviewEndpoints.getOverviewSeries.rows).join(',');
  return judged(
    [
      answer.status !== 200 && refused(answer),
      typeOf(answer) !== 'text/csv' && `it is ${typeOf(answer)}`,
      head !== columns && 'its first line is not the columns of the contract',
      lines.length < 2 && 'it has no row',
    ],
    `${lines.length - 1} rows under the columns of the contract`,
    'look at the logs of the function overview',
  );
};

// Facts may change between two asks, and then the second is right to answer anew: a second pair decides.
const etag = async (stage: Stage): Promise<Finding> => {
  let faults: (string | false)[] = [];
  for (const _ of [1, 2]) {
    const first = await ask(stage, path, signed);
    const tag = first.headers.get('etag');
    if (tag === null) return judged(['no etag'], '', 'something on the way takes it away');
    const again = await ask(stage, path, { ...signed, headers: { 'if-none-match': tag } });
    faults = [
      again.status !== 304 && `status ${again.status} and not 304 for the same etag`,
      again.text !== '' && 'it has a body',
    ];
    if (faults.every((fault) => fault === false)) break;
  }
  return judged(faults, '304 for what did not change', 'does if-none-match reach the function?');
};

const ageOf = (moment: string | null): string => {
  if (moment === null) return 'nobody knows when';
  const minutes = Math.round((Date.now() - Date.parse(moment)) / 60_000);
  return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
};

// Behind is no fault of a deployment: it may be a preview, whose schedules are off.
const freshness = async (stage: Stage): Promise<Finding> => {
  const answer = await ask(stage, '/v1/freshness', signed);
  const parsed = freshnessEndpoints.getFreshness.response.safeParse(jsonOf(answer));
  const advice = 'look at the logs of the function freshness';
  if (answer.status !== 200 || !parsed.success)
    return { verdict: 'fail', found: refused(answer), advice };
  const { state, summary, last_aggregated_at: last, complete_through: through } = parsed.data;
  const found =
    last === null
      ? `${state}: nothing was counted yet`
      : `${state}: counted ${ageOf(last)}, complete up to ${ageOf(through)}`;
  const isOld = through === null || Date.now() - Date.parse(through) > mostAgeMs;
  if (state === 'current' && !isOld) return { verdict: 'ok', found };
  return {
    verdict: 'warn',
    found,
    advice: `${summary} Where schedules are on, look at the logs of look and aggregate, and at rookery dlq ls`,
  };
};

const whole = z.string().regex(/^\d+$/);

const allowance = async (stage: Stage): Promise<Finding> => {
  const answer = await ask(stage, path, signed);
  const names = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'];
  return judged(
    names.map((name) => !whole.safeParse(answer.headers.get(name)).success && `${name} is missing`),
    `${answer.headers.get('ratelimit-remaining') ?? ''} of ${answer.headers.get('ratelimit-limit') ?? ''} requests left`,
    'something on the way takes headers away',
  );
};

/** What a tenant reads. */
export const readChecks: readonly SmokeCheck[] = [
  { name: 'overview', needs: 'token', look: overview },
  { name: 'csv', needs: 'token', look: csv },
  { name: 'etag', needs: 'token', look: etag },
  { name: 'freshness', needs: 'token', look: freshness },
  { name: 'allowance', needs: 'token', look: allowance },
];
