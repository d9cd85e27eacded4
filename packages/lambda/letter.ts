import type { SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { Failure } from '@rookery/kernel/failure';
import { sendRaw } from './outbox.ts';

// The limit of a whole message is 1 MiB, attributes included; a reason needs no more than this.
const reasonLength = 1_000;

/** The body of a message by its schema; fails with `message-malformed` or `message-invalid`, which no retry mends. */
export const bodyOf = <M>(schema: z.ZodType<M>, { body }: SQSRecord): M => {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    throw new Failure('invalid', 'message-malformed', `the body is not JSON`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join('; ');
  throw new Failure('invalid', 'message-invalid', faults);
};

// SQS refuses control characters in attributes.
const printable = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '?')
    .slice(0, reasonLength);

/** What is laid among the dead letters: a text of its own, or else the message as it came. */
export type Burial = { readonly failure: Failure; readonly body?: string | undefined };

/** Sends a message to the dead letters with the reason. Resolves when it is there. */
export const bury = (url: string, record: SQSRecord, { failure, body }: Burial): Promise<void> =>
  sendRaw(url, [
    {
      body: body ?? record.body,
      attributes: {
        reason: printable(failure.message) || failure.code,
        code: failure.code,
        failed_at: new Date().toISOString(),
        source_message_id: record.messageId,
      },
    },
  ]);
