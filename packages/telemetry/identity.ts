import { v5 } from 'uuid';

// Made once, at random; another one would make every event a new one.
const eventSpace = '0c1b8a52-93a5-4a3e-9a0a-3e9d5b0f7c61';
const rejectionSpace = 'b7d0a3c4-5f0e-4d55-8a63-61f2f5a7e9d2';

// Below this nothing is told apart: such a value is refused anyway, and only its count has to be about right.
const mostDepth = 64;

/** A value as text that is the same for the same JSON, however its fields are ordered; made for any value, of any depth. */
export const canonical = (value: unknown, depth = 0): string => {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  if (depth === mostDepth) return '…';
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field, depth + 1)}`);
  return `{${fields.join(',')}}`;
};

/** The id of an event: it follows from its tenant, its name and what its sender calls it. */
export const eventId = (tenantId: string, event: string, sentId: string): string =>
  v5(JSON.stringify([tenantId, event, sentId]), eventSpace);

/** The id of an event whose sender gave it no name: it follows from all that was sent and when it came. */
export const namelessId = (tenantId: string, sent: unknown, receivedAt: Date): string =>
  v5(`${JSON.stringify(tenantId)}${receivedAt.toISOString()}${canonical(sent)}`, eventSpace);

/** The id of a rejection: the same for the same content of the same tenant, however often it comes. */
export const rejectionId = (tenantId: string | null, sent: unknown): string =>
  v5(`${JSON.stringify(tenantId)}${canonical(sent)}`, rejectionSpace);

/** True for the share of events that is kept, by the id alone: every delivery of an event decides alike. */
export const isSampledIn = (id: string, share: number): boolean =>
  Number.parseInt(id.slice(0, 8), 16) < share * 2 ** 32;
