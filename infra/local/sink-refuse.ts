import type { SinkChannel } from './sink-read.ts';

/** An answer that is none of the good ones. */
export type Refusal = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

type Status = '400' | '429' | '500';

const sesErrors: Record<Status, string> = {
  '400': 'BadRequestException',
  '429': 'TooManyRequestsException',
  '500': 'InternalServiceErrorException',
};

const snsErrors: Record<Status, string> = {
  '400': 'InvalidParameter',
  '429': 'Throttled',
  '500': 'InternalError',
};

const snsBody = (status: Status): string =>
  `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>${status === '500' ? 'Receiver' : 'Sender'}` +
  `</Type><Code>${snsErrors[status]}</Code><Message>told to fail</Message></Error><RequestId>local</RequestId></ErrorResponse>`;

/** What a service says when it does not want a request: those of AWS name their errors in ways of their own. */
export const refusalOf = (channel: SinkChannel, status: Status): Refusal => {
  const plain = { status: Number(status), headers: {}, body: '' };
  if (channel === 'email')
    return {
      ...plain,
      headers: { 'x-amzn-errortype': sesErrors[status], 'content-type': 'application/json' },
      body: '{"message":"told to fail"}',
    };
  if (channel === 'sms')
    return { ...plain, headers: { 'content-type': 'text/xml' }, body: snsBody(status) };
  return plain;
};
