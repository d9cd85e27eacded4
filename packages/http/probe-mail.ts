import * as z from 'zod';
import { certificate, domain, host, port } from './probe-fields.ts';
import { text } from './streams/texts.ts';

const startTls = z
  .enum(['none', 'starttls', 'tls'])
  .meta({ description: 'starttls: upgraded after the greeting; tls: from the first byte on.' });

const mail = <K extends 'smtp' | 'imap'>(kind: K, usual: number) =>
  z
    .strictObject({
      kind: z.literal(kind),
      host,
      port: port(usual),
      security: startTls.default('starttls'),
      certificate: certificate.optional(),
    })
    .refine((asked) => asked.security !== 'none' || asked.certificate === undefined, {
      error: 'there is no certificate without TLS: set security, or leave certificate out',
    });

/** A server that takes mail. */
export const smtp = mail('smtp', 587).meta({
  id: 'ProbeSmtp',
  description: 'Greeting, EHLO, TLS.',
});
/** A server that mail is read at. */
export const imap = mail('imap', 143).meta({
  id: 'ProbeImap',
  description: 'Greeting, CAPABILITY, TLS.',
});

/** The SPF record of a domain. */
export const spf = z
  .strictObject({
    kind: z.literal('spf'),
    domain,
    includes: z.array(text(253)).min(1).max(10).optional().meta({
      description: 'Mechanisms that the record has to hold, such as `include:_spf.example.com`.',
    }),
    all: z.enum(['fail', 'softfail', 'neutral']).optional().meta({
      description: 'The weakest end allowed: `-all`, `~all` or `?all`. Any that is weaker fails.',
    }),
  })
  .meta({ id: 'ProbeSpf', description: 'One record, of valid syntax, with at most 10 look-ups.' });

/** The DKIM key of a selector of a domain. */
export const dkim = z
  .strictObject({
    kind: z.literal('dkim'),
    domain,
    selector: z
      .string()
      .max(63)
      .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i, 'is not a selector'),
    min_bits: z.int().min(512).max(8_192).default(1_024).meta({
      description: 'Failed when an RSA key is shorter.',
    }),
  })
  .meta({ id: 'ProbeDkim', description: 'One key of valid syntax that is not revoked.' });

/** The DMARC record of a domain. */
export const dmarc = z
  .strictObject({
    kind: z.literal('dmarc'),
    domain,
    policy: z.enum(['none', 'quarantine', 'reject']).default('none').meta({
      description: 'The weakest policy allowed.',
    }),
    pct: z.int().min(0).max(100).optional().meta({ description: 'The least share allowed.' }),
    reports: z.boolean().default(false).meta({ description: 'Whether `rua` has to be there.' }),
  })
  .meta({ id: 'ProbeDmarc', description: 'One record of valid syntax, of the domain itself.' });
