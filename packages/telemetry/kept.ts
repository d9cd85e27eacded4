import { asciiJson, asciiJsonBytes } from '@rookery/kernel/text';
import { notFinite } from './json.ts';

// A rejected event is kept whole up to here: a message may have 200 kB.
const mostBytes = 150_000;
const cutBytes = 80_000;
const mostName = 200;

const withoutInfinity = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? { [notFinite]: String(value) } : value;

const nameIn = (event: unknown, field: string): object => {
  if (typeof event !== 'object' || event === null) return {};
  const name: unknown = Object.entries(event).find(([key]) => key === field)?.[1];
  return typeof name === 'string' ? { [field]: name.slice(0, mostName) } : {};
};

/**
 * A rejected event as a message can carry it. What it was refused for stays in it, so that who judges it next says the same:
 * 1e400, which JSON cannot write, is told in words, not by the null that might pass in its place; and an event that is
 * larger than a message is cut to one that is still too large to be taken.
 */
export const keptForm = (event: unknown): unknown => {
  const written: unknown = JSON.parse(JSON.stringify(event, withoutInfinity));
  if (asciiJsonBytes([written]) <= mostBytes) return written;
  const cut = asciiJson([written]).slice(0, cutBytes);
  return { ...nameIn(written, 'id'), ...nameIn(written, 'event'), cut };
};
