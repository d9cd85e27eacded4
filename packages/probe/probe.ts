import type { Network } from '@rookery/outbound/network';
import type { ProbeKind, SpecOf } from '@rookery/http/probes';
import type { Finding } from './finding.ts';
import type { Purse } from './purse.ts';

/** How full a queue of the platform is. */
export type Depth = {
  readonly visible: number;
  readonly in_flight: number;
  readonly delayed: number;
  readonly dead: number;
};

/** What probes need of the world: functions give it. */
export type Surroundings = {
  /** `host:port` pairs of OUTBOUND_ALLOW, as `exceptionsOf` reads them. */
  readonly exceptions: readonly string[];
  /** The machine's own where it is left out. */
  readonly network?: Network;
  /** DNS servers to ask for records, as `address:port`; the machine's own where it is left out. */
  readonly nameServers?: readonly string[];
  /** Certificates in PEM to trust beside the usual ones: for tests. */
  readonly ca?: string;
  /** Runs `select 1` on a database of the platform, and fails when it cannot. */
  readonly askDatabase?: (database: 'warehouse' | 'source', signal: AbortSignal) => Promise<void>;
  /** How full a queue of the platform is; fails when there is no such queue. */
  readonly depthOf?: (queue: string, signal: AbortSignal) => Promise<Depth>;
};

/** The time that one attempt has: it has to end by `timeoutMs`, when `signal` aborts. */
export type Span = { readonly signal: AbortSignal; readonly timeoutMs: number };

/** One attempt within its surroundings. */
export type Context = Surroundings & Span & { readonly purse: Purse };

/** Kinds that are asked something; a heartbeat tells of itself. */
export type AskedKind = Exclude<ProbeKind, 'heartbeat'>;

/** The specs by kind. */
export type Specs = { readonly [K in AskedKind]: SpecOf<K> };

/** Asks a service once: finds how it is, or fails with what kept it from asking. */
export type Probe<K extends AskedKind> = (spec: Specs[K], context: Context) => Promise<Finding>;
