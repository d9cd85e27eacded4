import { randomUUID } from 'node:crypto';
import type { Session } from '@rookery/db/pool';
import type { Endpoint } from '@rookery/http/contract';
import type { WriteAsk } from './write.ts';

/** Who changes something, as the audit records him: from where, when, and under which event. */
export const editorOf = ({
  identity,
  now,
  event,
  requestId,
}: Pick<WriteAsk<Endpoint>, 'identity' | 'now' | 'event' | 'requestId'>) => {
  const { sourceIp, userAgent } = event.requestContext.http;
  return { ...identity, sourceIp, userAgent, requestId, eventId: randomUUID(), now };
};

/** The same with the tenant and a transaction of his, for whatever is set up. */
export const wayOf = ({
  tenantId,
  transaction,
  ...ask
}: Pick<
  WriteAsk<Endpoint>,
  'identity' | 'now' | 'event' | 'requestId' | 'tenantId' | 'transaction'
>) => ({
  tenantId,
  editor: editorOf(ask),
  run: <T>(work: (tx: Session) => Promise<T>): Promise<T> => transaction('api', work),
});

/** An identifier that nobody has: `silence_` and 32 hexadecimal digits. */
export const newId = (kind: string): string => `${kind}_${randomUUID().replaceAll('-', '')}`;
