import { createPublicKey } from 'node:crypto';
import { failed, soft, type Fault } from './finding.ts';
import { tagsOf } from './tags.ts';

type Judged = {
  readonly faults: readonly Fault[];
  readonly keyType: string;
  readonly bits: number | null;
};

const bitsOf = (key: Buffer): number | null => {
  try {
    // RFC 6376 §3.6.1: a SubjectPublicKeyInfo; erratum 3017 tells of receivers that take the bare RSAPublicKey as well.
    return (
      createPublicKey({ key, format: 'der', type: 'spki' }).asymmetricKeyDetails?.modulusLength ??
      null
    );
  } catch {
    return null;
  }
};

const rsaFaults = (bits: number | null, minBits: number): Fault[] => {
  if (bits === null) return [failed('the DKIM key is not an RSA key')];
  return bits < minBits ? [failed(`the DKIM key has ${bits} bits, less than ${minBits}`)] : [];
};

const keyFaults = (keyType: string, key: Buffer, minBits: number): Judged => {
  if (keyType === 'ed25519') {
    const faults = key.length === 32 ? [] : [failed('the DKIM key is not an Ed25519 key')];
    return { faults, keyType, bits: null };
  }
  if (keyType !== 'rsa')
    return { faults: [failed('the DKIM key is of an unknown type')], keyType: 'other', bits: null };
  const bits = bitsOf(key);
  return { faults: rsaFaults(bits, minBits), keyType, bits };
};

const isBase64 = (text: string): boolean =>
  /^[a-z0-9+/]+={0,2}$/i.test(text) && text.length % 4 !== 1;

const wrong = (reason: string): Judged => ({
  faults: [failed(reason)],
  keyType: 'none',
  bits: null,
});

const useFaults = (tags: ReadonlyMap<string, string>): Fault[] => {
  const faults: Fault[] = [];
  const flags = (tags.get('t') ?? '').split(':').map((flag) => flag.trim());
  if (flags.includes('y'))
    faults.push(soft('the DKIM key is for testing (t=y): nobody relies on it'));
  const services = (tags.get('s') ?? '*').split(':').map((service) => service.trim());
  if (!services.includes('*') && !services.includes('email'))
    faults.push(failed('the DKIM key is not for e-mail'));
  const hashes = tags
    .get('h')
    ?.split(':')
    .map((hash) => hash.trim().toLowerCase());
  if (hashes !== undefined && !hashes.includes('sha256'))
    faults.push(failed('the DKIM key does not allow SHA-256'));
  return faults;
};

/** What is wrong with a DKIM record (RFC 6376 §3.6.1, RFC 8463), with the type and the bits of its key. */
export const judgeDkim = (record: string, minBits: number): Judged => {
  const tags = tagsOf(record);
  if (typeof tags === 'string') return wrong(`the DKIM record ${tags}`);
  const version = tags.get('v');
  if (version !== undefined && (version !== 'DKIM1' || [...tags.keys()][0] !== 'v'))
    return wrong('the DKIM record does not begin with v=DKIM1');
  const base64 = tags.get('p')?.replaceAll(/\s+/g, '');
  if (base64 === undefined) return wrong('the DKIM record has no key p');
  if (base64 === '') return wrong('the DKIM key is revoked: p is empty');
  if (!isBase64(base64)) return wrong('the DKIM key is not base64');
  const keyType = (tags.get('k') ?? 'rsa').toLowerCase();
  const judged = keyFaults(keyType, Buffer.from(base64, 'base64'), minBits);
  return { ...judged, faults: [...judged.faults, ...useFaults(tags)] };
};
