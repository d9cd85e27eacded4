import * as z from 'zod';
import {
  certificate,
  domain,
  headerName,
  host,
  jsonPath,
  port,
  requestHeaders,
  url,
} from './probe-fields.ts';
import { dkim, dmarc, imap, smtp, spf } from './probe-mail.ts';
import { text } from './streams/texts.ts';

const someTexts = (width: number) => z.array(text(width)).min(1).max(10);

const status = z.union([
  z.int().min(100).max(599),
  z
    .strictObject({ from: z.int().min(100).max(599), to: z.int().min(100).max(599) })
    .refine(({ from, to }) => from <= to, 'ends before it begins'),
]);

const headerCondition = z
  .discriminatedUnion('op', [
    z.strictObject({ name: headerName, op: z.enum(['exists', 'absent']) }),
    z.strictObject({
      name: headerName,
      op: z.enum(['equals', 'not-equals', 'contains']),
      value: text(500),
    }),
  ])
  .meta({ id: 'ProbeHeaderCondition' });

const jsonCondition = z
  .discriminatedUnion('op', [
    z.strictObject({ path: jsonPath, op: z.enum(['exists', 'absent']) }),
    z.strictObject({
      path: jsonPath,
      op: z.enum(['equals', 'not-equals']),
      value: z.union([text(500), z.number(), z.boolean(), z.null()]),
    }),
    z.strictObject({ path: jsonPath, op: z.enum(['gt', 'gte', 'lt', 'lte']), value: z.number() }),
    z.strictObject({ path: jsonPath, op: z.literal('contains'), value: text(500) }),
  ])
  .meta({
    id: 'ProbeJsonCondition',
    description: 'All that the path selects has to keep it; only absent allows that it is nothing.',
  });

const http = z
  .strictObject({
    kind: z.literal('http'),
    url,
    method: z.enum(['GET', 'HEAD', 'POST']).default('GET'),
    headers: requestHeaders.optional(),
    status: z
      .array(status)
      .min(1)
      .max(20)
      .default([{ from: 200, to: 399 }])
      .meta({ description: 'Statuses, or ranges of them with both ends, that are good.' }),
    redirects: z.int().min(0).max(3).default(3).meta({
      description: 'How many are followed; with 0 the redirect itself is the answer.',
    }),
    header_conditions: z.array(headerCondition).min(1).max(10).optional(),
    json_conditions: z.array(jsonCondition).min(1).max(5).optional(),
    contains: someTexts(500).optional().meta({ description: 'Texts that the body has to hold.' }),
    not_contains: someTexts(500).optional().meta({ description: 'Texts that it may not hold.' }),
    certificate: certificate.optional().meta({ description: 'Of an https:// address.' }),
  })
  .refine(
    ({ method, ...asked }) =>
      method !== 'HEAD' ||
      (asked.json_conditions ?? asked.contains ?? asked.not_contains) === undefined,
    'a HEAD has no body: ask with GET to have conditions on it',
  )
  .meta({ id: 'ProbeHttp', description: 'The final answer, behind all redirects, is judged.' });

const tcp = z
  .strictObject({
    kind: z.literal('tcp'),
    host,
    port: port(),
    tls: z.boolean().default(false).meta({ description: 'Whether TLS begins at once.' }),
    certificate: certificate.optional(),
  })
  .refine((asked) => asked.tls || asked.certificate === undefined, {
    error: 'there is no certificate without tls: set tls to true, or leave certificate out',
  })
  .meta({ id: 'ProbeTcp' });

/** The types of records that a DNS probe asks for. */
export const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'TXT', 'SRV', 'CAA', 'PTR'] as const;

const resolver = z
  .union([z.ipv4(), z.ipv6()])
  .meta({ description: 'Address of the server to ask. By default the one of the prober.' });

const dns = z
  .strictObject({
    kind: z.literal('dns'),
    name: domain,
    type: z.enum(recordTypes),
    resolver: resolver.optional(),
    resolver_port: port().optional(),
    equals: someTexts(500).optional().meta({
      description: 'All values there are, in any order; an MX is written `10 mail.example.com`.',
    }),
    contains: someTexts(500).optional().meta({ description: 'Texts that one of them holds each.' }),
  })
  .refine((asked) => asked.resolver !== undefined || asked.resolver_port === undefined, {
    error: 'resolver_port is for a resolver: name one',
  })
  .meta({ id: 'ProbeDns' });

const postgres = z
  .strictObject({
    kind: z.literal('postgres'),
    database: z.enum(['warehouse', 'source']).optional().meta({
      description: 'A database of the platform, asked `select 1`; only the platform may.',
    }),
    host: host.optional(),
    port: port().optional().meta({ description: 'Of the host, 5432 by default.' }),
  })
  .refine((asked) => (asked.database === undefined) !== (asked.host === undefined), {
    error: 'name a host, or a database of the platform: one of them',
  })
  .refine((asked) => asked.port === undefined || asked.host !== undefined, {
    error: 'a port is for a host: name one',
  })
  .meta({
    id: 'ProbePostgres',
    description: 'A host is asked whether it speaks the protocol: nobody logs on.',
  });

const sqs = z
  .strictObject({
    kind: z.literal('sqs'),
    queue: text(80),
    max_depth: z.int().min(0).meta({ description: 'Failed with more messages waiting.' }),
    warn_depth: z.int().min(0).optional().meta({ description: 'Degraded with more.' }),
    max_dead: z.int().min(0).default(0).meta({ description: 'Degraded with more dead letters.' }),
  })
  .meta({ id: 'ProbeSqs', description: 'A queue of the platform.' });

const heartbeat = z
  .strictObject({
    kind: z.literal('heartbeat'),
    period_seconds: z.int().min(60).max(2_678_400).meta({
      description: 'A ping is expected this long after the one before.',
    }),
    grace_seconds: z.int().min(0).max(604_800).default(60).meta({
      description: 'How much later it may come.',
    }),
  })
  .meta({ id: 'ProbeHeartbeat', description: 'Nothing is asked: the job pings, or is down.' });

/** What is asked of a service, by kind: the contract of the column `probe`. */
export const probe = z
  .discriminatedUnion(
    'kind',
    [http, tcp, dns, postgres, sqs, smtp, imap, spf, dkim, dmarc, heartbeat],
    'is no probe: its `kind` is http, tcp, dns, postgres, sqs, smtp, imap, spf, dkim, dmarc or heartbeat',
  )
  .meta({ id: 'Probe' });

/** What is asked of a service, with its defaults filled in. */
export type ProbeSpec = z.output<typeof probe>;

/** The kinds of probes. */
export type ProbeKind = ProbeSpec['kind'];

/** The spec of one kind. */
export type SpecOf<K extends ProbeKind> = Extract<ProbeSpec, { readonly kind: K }>;

/** True for what only the platform may ask: its own databases and queues. */
export const isInternal = (spec: ProbeSpec): boolean =>
  spec.kind === 'sqs' || (spec.kind === 'postgres' && spec.database !== undefined);
