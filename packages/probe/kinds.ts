import { probeDkim } from './dkim.ts';
import { probeDmarc } from './dmarc.ts';
import { probeDns } from './dns.ts';
import type { Finding } from './finding.ts';
import { probeHttp } from './http.ts';
import { probeImap } from './imap.ts';
import { probePostgres } from './postgres.ts';
import type { AskedKind, Context, Probe, Specs } from './probe.ts';
import { probeSmtp } from './smtp.ts';
import { probeSpf } from './spf.ts';
import { probeSqs } from './sqs.ts';
import { probeTcp } from './tcp.ts';

/** The probes by kind. */
export type Kinds = { readonly [K in AskedKind]: Probe<K> };

/** How each kind of service is asked. */
export const kinds: Kinds = {
  http: probeHttp,
  tcp: probeTcp,
  dns: probeDns,
  postgres: probePostgres,
  sqs: probeSqs,
  smtp: probeSmtp,
  imap: probeImap,
  spf: probeSpf,
  dkim: probeDkim,
  dmarc: probeDmarc,
};

/** Asks a service once by the probe of its kind; tests put a broken one among `probes`. */
export const askByKind = <K extends AskedKind>(
  kind: K,
  spec: Specs[K],
  { context, probes }: { readonly context: Context; readonly probes: Kinds },
): Promise<Finding> => probes[kind](spec, context);
