import type { SESv2Client } from '@aws-sdk/client-sesv2';
import type { SNSClient } from '@aws-sdk/client-sns';
import { Failure } from '@rookery/kernel/failure';
import { readConfig } from './config.ts';

/** An e-mail to one address. */
export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** A text message to one number. */
export type TextMessage = { readonly to: string; readonly text: string };

const timeoutMs = 10_000;

// One attempt: who calls tries again, and a second one here could tell twice.
const options = { maxAttempts: 1 };

let ses: Promise<SESv2Client> | undefined;
const openSes = (): Promise<SESv2Client> => {
  ses ??= import('@aws-sdk/client-sesv2').then((sdk) => new sdk.SESv2Client(options));
  return ses;
};

let sns: Promise<SNSClient> | undefined;
const openSns = (): Promise<SNSClient> => {
  sns ??= import('@aws-sdk/client-sns').then((sdk) => new sdk.SNSClient(options));
  return sns;
};

// What says that this very message can never be sent. All else is the network, their fault, or how we are deployed: a domain
// that is not verified yet, an account that is paused, leave that is missing.
const hopeless = new Set([
  'BadRequestException',
  'MessageRejected',
  'InvalidParameterException',
  'InvalidParameter',
  'InvalidParameterValueException',
  'ParameterValueInvalid',
  'OptedOutException',
  'OptedOut',
]);

// Only the name of an error: its text may quote the address.
const failureOf = (service: string, error: unknown): Failure => {
  const name = error instanceof Error ? error.name : 'an unknown error';
  return hopeless.has(name)
    ? new Failure(
        'invalid',
        'notice-refused',
        `${service} refused it with ${name}; correct the recipient`,
        { cause: error },
      )
    : new Failure('unavailable', 'channel-unavailable', `${service} failed with ${name}`, {
        cause: error,
      });
};

const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });

/**
 * Sends an e-mail by SES and returns its message id. SES knows no key by which a second one would be dropped: after an
 * answer that was lost, it is told twice.
 */
export const sendEmail = async ({ to, subject, text, html }: Mail): Promise<string | null> => {
  const { emailFrom } = readConfig(['emailFrom']);
  try {
    const { SendEmailCommand } = await import('@aws-sdk/client-sesv2');
    const client = await openSes();
    const { MessageId = null } = await client.send(
      new SendEmailCommand({
        FromEmailAddress: emailFrom,
        Destination: { ToAddresses: [to] },
        Content: {
          Simple: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
        },
      }),
      { abortSignal: AbortSignal.timeout(timeoutMs) },
    );
    return MessageId;
  } catch (error) {
    throw failureOf('SES', error);
  }
};

/** Sends a text message by SNS and returns its message id. As with SES, a lost answer is told twice. */
export const sendText = async ({ to, text }: TextMessage): Promise<string | null> => {
  try {
    const { PublishCommand } = await import('@aws-sdk/client-sns');
    const client = await openSns();
    const { MessageId = null } = await client.send(
      new PublishCommand({
        PhoneNumber: to,
        Message: text,
        MessageAttributes: {
          'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
        },
      }),
      { abortSignal: AbortSignal.timeout(timeoutMs) },
    );
    return MessageId;
  } catch (error) {
    throw failureOf('SNS', error);
  }
};
