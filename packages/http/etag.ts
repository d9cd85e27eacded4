import { createHash } from 'node:crypto';

/** A weak validator of what all parts together say: equal parts, equal tag, and 132 bits against chance. */
export const etagOf = (parts: readonly string[]): string => {
  const hash = createHash('sha256');
  // With its length before it no part can run into the next.
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return `W/"${hash.digest('base64url').slice(0, 22)}"`;
};

// Linear: a blank belongs to one place only.
const entityTag = /[ \t,]*(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")(?=[ \t]*(?:,|$))/gy;

/**
 * True when If-None-Match names the tag, so that the answer is 304 (RFC 9110, section 13.1.2).
 * Tags are compared weakly: packing on the way changes bytes and not what they say. A malformed header names nothing.
 */
export const matches = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  let end = 0;
  let found = false;
  for (const match of ifNoneMatch.matchAll(entityTag)) {
    end = match.index + match[0].length;
    if (match[1] === opaque) found = true;
  }
  return found && /^[ \t,]*$/.test(ifNoneMatch.slice(end));
};
