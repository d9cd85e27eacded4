import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as z from 'zod';
import type { Arrived } from './telemetry-sink-held.ts';

/** A request that the real service would refuse so. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

// PostHog's own limit, of what was packed as well.
const mostUnpacked = 20 * 1_024 * 1_024;
const unpack = promisify(gunzip);

/** The text of a body, unpacked where its encoding says gzip. */
export const textOf = async (body: Buffer, encoding: string | undefined): Promise<string> => {
  if (encoding !== 'gzip') return body.toString();
  try {
    return (await unpack(body, { maxOutputLength: mostUnpacked })).toString();
  } catch (error) {
    const isLarge = error instanceof RangeError;
    throw new Refusal(isLarge ? 413 : 400, isLarge ? 'is too large unpacked' : 'is not gzip');
  }
};

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no time');
const properties = z.record(z.string(), z.unknown()).default({});
const captured = z.object({
  uuid: z.uuid(),
  event: z.string().min(1),
  distinct_id: z.string().min(1),
  timestamp: instant,
  properties,
});
const batch = z.object({ batch: z.array(captured).min(1) });
const keyed = z.object({ api_key: z.string() });

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

// PostHog's table sorts by day, name, distinct id and uuid, and keeps one of a kind.
const arrivedOf = (one: z.output<typeof captured>, at: string): Arrived => ({
  sink: 'posthog',
  key: JSON.stringify([
    new Date(one.timestamp).toISOString().slice(0, 10),
    one.event,
    one.distinct_id,
    one.uuid,
  ]),
  id: one.uuid,
  event: one.event,
  tenant: textOrNull(one.properties['tenant_id']),
  actor: one.distinct_id,
  time: one.timestamp,
  at,
  properties: one.properties,
});

const parsed = <T>(schema: z.ZodType<T>, text: string): T => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Refusal(400, `failed to parse request: ${why}`);
  }
};

const needKey = (key: string | undefined): void => {
  if (key === undefined || !key.startsWith('phc_'))
    throw new Refusal(401, 'API key is not valid: it begins with phc_');
};

/** The events of a request to `/batch/`, whose key is in the body, or to `/i/v1/analytics/events`, where a header has it. */
export const readCaptured = (text: string, bearer: string | undefined, at: string): Arrived[] => {
  const key = bearer ?? parsed(keyed.partial(), text).api_key;
  needKey(key);
  return parsed(batch, text).batch.map((one) => arrivedOf(one, at));
};

const line = z.looseObject({
  id: z.string().min(1),
  time: instant,
  tenant_id: z.string(),
  event: z.string().min(1),
  actor: z.string().nullish(),
});

/** The events of a security log in NDJSON, one a line. */
export const readLines = (text: string, at: string): Arrived[] =>
  text
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => {
      const { id, time, tenant_id, event, actor, ...rest } = parsed(line, one);
      const told = properties.safeParse(rest['properties']);
      const { properties: _, ...beside } = rest;
      return {
        sink: 'siem',
        key: id,
        id,
        event,
        tenant: tenant_id,
        actor: actor ?? null,
        time,
        at,
        properties: told.success ? { ...beside, ...told.data } : rest,
      };
    });
