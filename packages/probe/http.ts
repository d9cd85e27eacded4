import type { SpecOf } from '@rookery/http/probes';
import { request, type Answer } from '@rookery/outbound/request';
import { bodyFaults } from './body-conditions.ts';
import { certificateDetails, certificateFaults } from './certificate.ts';
import { failed, judged, unknown, type Details, type Fault } from './finding.ts';
import type { Probe } from './probe.ts';
import { reachOf } from './reach.ts';

type Http = SpecOf<'http'>;

const isGood = (status: number, good: Http['status']): boolean =>
  good.some((one) =>
    typeof one === 'number' ? status === one : one.from <= status && status <= one.to,
  );

const headerFaults = (spec: Http, headers: Answer['headers']): Fault[] =>
  (spec.header_conditions ?? []).flatMap((condition) => {
    const value = headers[condition.name.toLowerCase()];
    if (condition.op === 'absent')
      return value === undefined ? [] : [failed(`there is a header ${condition.name}`)];
    if (value === undefined) return [failed(`there is no header ${condition.name}`)];
    if (!('value' in condition)) return [];
    const { op, value: wanted } = condition;
    const keeps =
      op === 'contains' ? value.includes(wanted) : (value === wanted) === (op === 'equals');
    return keeps ? [] : [failed(`the header ${condition.name} is not ${op} ${wanted}`)];
  });

const number = (text: string | undefined): number | null => {
  const [, digits] = /^\s*(\d{1,12})(?:\.\d+)?\s*(?:[,;].*)?$/.exec(text ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
};

// The headers that most servers tell their limits by; the words of the drafts at the IETF after those of practice.
const rateLimitOf = (headers: Answer['headers']): Details => {
  const of = (what: string): number | null =>
    number(headers[`x-ratelimit-${what}`] ?? headers[`ratelimit-${what}`]);
  const [quota, remaining, reset] = [of('limit'), of('remaining'), of('reset')];
  return quota === null && remaining === null ? {} : { rate_limit: { quota, remaining, reset } };
};

const detailsOf = (answer: Answer, now: Date): Details => ({
  status: answer.status,
  redirects: answer.hops,
  bytes: answer.bytes,
  dns_ms: Math.round(answer.timing.dns),
  connect_ms: Math.round(answer.timing.connect),
  ...(answer.timing.tls !== null && { tls_ms: Math.round(answer.timing.tls) }),
  first_byte_ms: Math.round(answer.timing.firstByte),
  ...certificateDetails(answer.certificate?.validTo ?? null, now),
  ...rateLimitOf(answer.headers),
});

const asksBody = ({ json_conditions: json, contains, not_contains: without }: Http): boolean =>
  (json ?? contains ?? without) !== undefined;

/** Asks an HTTP(S) server: ok when its final answer keeps every condition. Of what it answered only numbers are kept. */
export const probeHttp: Probe<'http'> = async (spec, context) => {
  const { url, method, headers = {}, redirects } = spec;
  const { timeoutMs, signal } = context;
  // A condition cannot be judged on half a body; without one, what comes after the beginning is nobody's business.
  const beyond = asksBody(spec) ? 'fail' : 'cut';
  const answer = await request(
    { url, method, headers, redirects, beyond, timeoutMs, signal },
    reachOf(context),
  );
  const now = new Date();
  const body = asksBody(spec)
    ? await bodyFaults(spec, new TextDecoder().decode(answer.body), context.purse)
    : [];
  if (body === null)
    return unknown(
      'its JSONPaths, with those of your other services, take too long: simplify them',
    );
  const faults = [
    ...(isGood(answer.status, spec.status) ? [] : [failed(`the status is ${answer.status}`)]),
    ...headerFaults(spec, answer.headers),
    ...body,
    ...certificateFaults(answer.certificate?.validTo ?? null, spec.certificate, now),
  ];
  return judged(answer.timing.total, faults, detailsOf(answer, now));
};
