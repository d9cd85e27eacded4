import { exceptionsOf, webPolicy } from '@rookery/outbound/policy';
import { request } from '@rookery/outbound/request';
import { signatureHeaders } from '@rookery/outbound/webhook-signature';
import { readConfig } from './config.ts';
import { sendEmail, sendText } from './deliver-aws.ts';

/** A request to somebody's server; `sign` asks for the signature of Standard Webhooks, by each of the secrets. */
export type Post = {
  readonly url: string;
  readonly body: string;
  readonly sign: { readonly id: string; readonly secrets: readonly string[] } | null;
};

const timeoutMs = 10_000;
const mostBytes = 4_096;
const pagerduty = 'https://events.pagerduty.com/v2/enqueue';

// A redirect is not followed: most would turn the request into a GET without a body, and its 200 would say nothing.
const post = async ({ url, body, sign }: Post) => {
  const { outboundAllow } = readConfig(['outboundAllow']);
  const now = new Date();
  const signed = sign === null ? {} : signatureHeaders({ ...sign, body, now });
  const { status, headers } = await request(
    {
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signed },
      body,
      timeoutMs,
      maxBytes: mostBytes,
      beyond: 'cut',
      redirects: 0,
    },
    { policy: webPolicy(exceptionsOf(outboundAllow)) },
  );
  return { status, retryAfter: headers['retry-after'], now };
};

/** What carries notices out of the house: HTTP behind the guard, SES and SNS. */
export const carriers = () => ({
  post,
  email: sendEmail,
  sms: sendText,
  pagerdutyUrl: readConfig(['pagerdutyUrl']).pagerdutyUrl ?? pagerduty,
});
