import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { describe } from '@rookery/kernel/failure';
import type { Pattern, Wanted } from '../topology.ts';
import { readBody } from './body.ts';
import { account, region } from './invoke.ts';
import { closeServer, listenOnLoopback } from './loopback.ts';

/** An event as a rule's target receives it. */
export type DeliveredEvent = {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
};

/** A rule and where its events go. */
export type BusRule = {
  readonly name: string;
  readonly pattern: Pattern;
  readonly deliver: (event: DeliveredEvent) => Promise<void>;
};

/** A running bus; `events` are the last thousand, oldest first. */
export type Bus = {
  readonly endpoint: string;
  readonly events: () => readonly DeliveredEvent[];
  /** How many events are on their way to a target. */
  readonly underway: () => number;
  readonly stop: () => Promise<void>;
};

/** The bus's name, its rules and its port. */
export type BusOptions = {
  readonly name: string;
  readonly rules: readonly BusRule[];
  readonly port: number;
  readonly onError: (line: string) => void;
};

const kept = 1_000;
const maxEntries = 10;
// The whole call may be 1 MiB; the body has some JSON around the entries.
const maxBytes = 2 * 1024 * 1024;

const entry = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Time: z.number().optional(),
  Resources: z.array(z.string()).optional(),
});
type Entry = z.output<typeof entry>;
const call = z.object({ Entries: z.array(entry).min(1) });
const detailObject = z.record(z.string(), z.unknown());

type Refused = { readonly ErrorCode: string; readonly ErrorMessage: string };
const refused = (ErrorCode: string, ErrorMessage: string): Refused => ({ ErrorCode, ErrorMessage });

const detailOf = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    return detailObject.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

const accept = (bus: string, given: Entry): DeliveredEvent | Refused => {
  const { Source, DetailType, Detail } = given;
  if (!Source)
    return refused(
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    );
  if (!DetailType)
    return refused(
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    );
  if (!Detail)
    return refused(
      'InvalidArgument',
      'Parameter Detail is not valid. Reason: Detail is a required argument.',
    );
  if (Source.startsWith('aws.'))
    return refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  if (given.EventBusName?.split('/').at(-1) !== bus)
    return refused(
      'ResourceNotFoundException',
      `There is no bus ${given.EventBusName ?? 'default'} here.`,
    );
  const detail = detailOf(Detail);
  if (detail === undefined) return refused('MalformedDetail', 'Detail is malformed.');
  const at = given.Time === undefined ? new Date() : new Date(given.Time * 1000);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region,
    resources: given.Resources ?? [],
    detail,
  };
};

const isWanted = (wanted: Wanted, value: string): boolean => {
  if (typeof wanted === 'string') return wanted === value;
  if ('prefix' in wanted) return value.startsWith(wanted.prefix);
  return !wanted['anything-but'].prefix.some((prefix) => value.startsWith(prefix));
};

/** True when the rule's pattern matches: exact source, and detail-type exact, by prefix, or by none of some prefixes. */
export const matches = (pattern: Pattern, event: DeliveredEvent): boolean =>
  (pattern.source?.includes(event.source) ?? true) &&
  (pattern['detail-type']?.some((wanted) => isWanted(wanted, event['detail-type'])) ?? true);

const answer = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
};

const invalid = (response: ServerResponse, type: string, message: string): void => {
  answer(response, 400, { __type: type, message });
};

/**
 * Starts an EventBridge bus on 127.0.0.1 that knows PutEvents, enough for the real SDK client.
 * `GET /events` shows people what was put.
 */
export const startBus = async ({ name, rules, port, onError }: BusOptions): Promise<Bus> => {
  const events: DeliveredEvent[] = [];
  const deliveries = new Set<Promise<void>>();
  const publish = (event: DeliveredEvent): void => {
    events.push(event);
    if (events.length > kept) events.shift();
    for (const rule of rules.filter(({ pattern }) => matches(pattern, event))) {
      const delivery = rule
        .deliver(event)
        .catch((error: unknown) => {
          onError(`rule ${rule.name}: ${describe(error)}`);
        })
        .finally(() => deliveries.delete(delivery));
      deliveries.add(delivery);
    }
  };

  const putEvents = (response: ServerResponse, body: string): void => {
    let json: unknown;
    try {
      json = JSON.parse(body);
    } catch {
      return invalid(response, 'SerializationException', 'The body is not JSON.');
    }
    const parsed = call.safeParse(json);
    if (!parsed.success)
      return invalid(response, 'ValidationException', z.prettifyError(parsed.error));
    const { Entries } = parsed.data;
    if (Entries.length > maxEntries)
      return invalid(
        response,
        'ValidationException',
        `${Entries.length} entries; at most ${maxEntries} are allowed`,
      );
    const results = Entries.map((given) => accept(name, given));
    for (const result of results) if ('id' in result) publish(result);
    answer(response, 200, {
      FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
      Entries: results.map((result) => ('id' in result ? { EventId: result.id } : result)),
    });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET' && request.url === '/events')
      return answer(response, 200, { events });
    if (request.method !== 'POST' || request.headers['x-amz-target'] !== 'AWSEvents.PutEvents')
      return invalid(response, 'UnknownOperationException', 'Only PutEvents is known here.');
    const body = await readBody(request, maxBytes);
    if (body === undefined)
      return invalid(response, 'ValidationException', 'The entries are larger than allowed.');
    putEvents(response, body.toString('utf8'));
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      onError(`bus: ${describe(error)}`);
      response.destroy();
    });
  });
  const bound = await listenOnLoopback(server, port);
  return {
    endpoint: `http://127.0.0.1:${bound}`,
    events: () => events,
    underway: () => deliveries.size,
    stop: async () => {
      await Promise.all(deliveries);
      await closeServer(server);
    },
  };
};
