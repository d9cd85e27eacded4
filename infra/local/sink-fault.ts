import type { ServerResponse } from 'node:http';
import type { SinkChannel } from './sink-arrival.ts';

/**
 * What goes wrong at a channel: an answer of 500, one of 429, none at all, a reset, or one that is lost after it was taken.
 */
export const sinkFaults = ['500', '429', '400', 'hang', 'reset', 'lost'] as const;

/** One of them. */
export type SinkFault = (typeof sinkFaults)[number];

/** A fault of a channel for so many requests; 0 ends it. */
export type FaultOrder = {
  readonly channel: SinkChannel;
  readonly fault: SinkFault;
  readonly times: number;
};

type Refusal = {
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

// Those of AWS name their errors in ways of their own.
const refusalOf = (channel: SinkChannel, status: Status): Refusal => {
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

/** Lets a request go wrong as the fault says; true when nothing else is to be done about it. */
export const wentWrong = (
  channel: SinkChannel,
  fault: SinkFault | null,
  response: ServerResponse,
): boolean => {
  if (fault === null || fault === 'lost') return false;
  if (fault === 'hang') return true;
  if (fault === 'reset') {
    response.socket?.resetAndDestroy();
    return true;
  }
  const { status, headers, body } = refusalOf(channel, fault);
  response.writeHead(status, { 'retry-after': '7', ...headers }).end(body);
  return true;
};
