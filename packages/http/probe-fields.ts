import * as z from 'zod';
import { text } from './streams/texts.ts';

// A label as DNS has it, with the underscore of _dmarc and the like; the guard judges names again before it connects.
const nameOfHost =
  /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

const isHost = (value: string): boolean =>
  nameOfHost.test(value) || z.ipv4().safeParse(value).success || z.ipv6().safeParse(value).success;

/** A host to connect to: a name or an address, without a port. */
export const host = z
  .string()
  .max(253)
  .refine(isHost, 'is not the name or address of a host; write it without scheme and port')
  .meta({ examples: ['mail.example.com'] });

/** A name in DNS. */
export const domain = z
  .string()
  .max(253)
  .refine((value) => nameOfHost.test(value) && /[a-z]/i.test(value), 'is not a domain name')
  .meta({ examples: ['example.com'] });

/** A TCP port. */
export const port = (usual?: number) =>
  usual === undefined ? z.int().min(1).max(65_535) : z.int().min(1).max(65_535).default(usual);

/** When a certificate becomes a matter: degraded below the one, failed below the other. */
export const certificate = z
  .strictObject({
    warn_days: z.int().min(0).max(398).default(21).meta({
      description: 'Degraded when the certificate is valid for less days than this.',
    }),
    fail_days: z.int().min(0).max(398).default(3).meta({
      description: 'Failed when it is valid for less days than this.',
    }),
  })
  .refine(({ warn_days, fail_days }) => fail_days <= warn_days, {
    error: 'warn_days is less than fail_days: it would fail before it warns',
  })
  .meta({ id: 'ProbeCertificate' });

const isUrl = (value: string): boolean => {
  if (!/^https?:\/\//i.test(value)) return false;
  const url = URL.parse(value);
  return url !== null && url.username === '' && url.password === '';
};

/** What an HTTP probe asks for. */
export const url = text(500)
  .refine(isUrl, 'is not an http:// or https:// address without user and password')
  .meta({ examples: ['https://api.example.com/health'] });

/** The name of a header. */
export const headerName = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^_`|~0-9a-z-]+$/i, 'is not the name of a header');

// Specs are shown to whoever may read services, so a secret has no place in one; the rest would change what is asked, or of whom.
const refusedHeaders =
  /^(?:authorization|proxy-.*|cookie|set-cookie|host|connection|content-length|transfer-encoding|te|trailer|upgrade|expect|keep-alive|.*(?:token|secret|password|api-?key|signature|credential|session|auth(?![a-z])).*)$/i;

/** Headers to ask with: none that carries a secret or frames the message. */
export const requestHeaders = z
  .record(headerName, text(500).regex(/^[\t -~]*$/, 'holds more than printable ASCII'))
  .refine((headers) => Object.keys(headers).length <= 20, 'are more than 20 headers')
  .superRefine((headers, context) => {
    for (const name of Object.keys(headers))
      if (refusedHeaders.test(name))
        context.addIssue({
          code: 'custom',
          path: [name],
          message:
            'may not be sent by a probe: what is asked of a service is stored in clear; offer it without a secret',
        });
  });

const withoutTexts = (path: string): string =>
  path.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");

/**
 * Why a JSONPath is refused, or null. Paths come from tenants and run over what others answer: unions, a second descent or
 * a filter within a filter multiply, and the expressions of match and search can go on for ever.
 */
export const pathFault = (path: string): string | null => {
  const bare = withoutTexts(path);
  if (!bare.startsWith('$')) return 'has to begin with $';
  if (bare.lastIndexOf('$') > 0) return 'may name the root $ at its beginning only';
  if (/['"]/.test(bare.replaceAll("''", ''))) return 'has a text that does not end';
  if (/\b(?:match|search)\s*\(/.test(bare)) return 'may not use match() or search()';
  if (bare.includes(',')) return 'may select one thing at a time, without commas';
  if (bare.split('..').length > 2) return 'may hold .. once';
  if (bare.split('?').length > 2) return 'may hold one filter';
  return null;
};

/** A JSONPath (RFC 9535) that ends in time over any answer. */
export const jsonPath = text(200)
  .superRefine((path, context) => {
    const fault = pathFault(path);
    if (fault !== null) context.addIssue({ code: 'custom', message: `this JSONPath ${fault}` });
  })
  .meta({ examples: ['$.checks.database.status'] });
