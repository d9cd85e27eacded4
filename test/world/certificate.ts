import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** A certificate and its private key, both PEM: what a TLS server takes. */
export type ServerCertificate = { readonly cert: string; readonly key: string };

/** A certificate authority that nobody knows. */
export type Authority = {
  /** Its own certificate, PEM. */
  readonly ca: string;
  /** A certificate for names and addresses; valid from a day ago for ninety more, unless told otherwise. */
  readonly issue: (names: readonly string[], until?: Date, from?: Date) => ServerCertificate;
};

const day = 86_400_000;

const tlv = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const seq = (...parts: readonly Uint8Array[]): Buffer => tlv(0x30, ...parts);
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const ecdsaWithSha256 = seq(hex('06082a8648ce3d040302'));
const bits = (content: Uint8Array): Buffer => tlv(0x03, Buffer.from([0]), content);
const named = (name: string): Buffer =>
  seq(tlv(0x31, seq(hex('0603550403'), tlv(0x0c, Buffer.from(name)))));
const time = (at: Date): Buffer =>
  tlv(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
// [3] wraps the extensions; each is critical or not by what follows its oid.
const extensions = (...parts: readonly Buffer[]): Buffer => tlv(0xa3, seq(...parts));
const octets = (content: Uint8Array): Buffer => tlv(0x04, content);
const yes = hex('0101ff');
const isAuthority = seq(hex('0603551d13'), yes, octets(seq(yes)));

const addressBytes = (address: string): Buffer =>
  isIP(address) === 4
    ? Buffer.from(address.split('.').map(Number))
    : hex(address === '::1' ? '1'.padStart(32, '0') : '');
const alternatives = (names: readonly string[]): Buffer =>
  seq(
    hex('0603551d11'),
    octets(
      seq(
        ...names.map((name) =>
          isIP(name) === 0 ? tlv(0x82, Buffer.from(name)) : tlv(0x87, addressBytes(name)),
        ),
      ),
    ),
  );

const pem = (der: Buffer): string => {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
};

type Wish = {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly from: Date;
  readonly until: Date;
  readonly extension: Buffer;
};

const signed = (
  issuer: string,
  issuerKey: KeyObject,
  { subject, publicKey, from, until, extension }: Wish,
): string => {
  const body = seq(
    hex('a003020102'),
    tlv(0x02, Buffer.from([1]), randomBytes(12)),
    ecdsaWithSha256,
    named(issuer),
    seq(time(from), time(until)),
    named(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions(extension),
  );
  return pem(seq(body, ecdsaWithSha256, bits(sign('sha256', body, issuerKey))));
};

const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Makes a certificate authority, fresh and without OpenSSL's command. */
export const openAuthority = (name = 'Rookery test'): Authority => {
  const own = pair();
  const start = new Date(Date.now() - day);
  const end = new Date(Date.now() + 90 * day);
  const ca = signed(name, own.privateKey, {
    subject: name,
    publicKey: own.publicKey,
    from: new Date(start.getTime() - 3_650 * day),
    until: new Date(end.getTime() + 3_650 * day),
    extension: isAuthority,
  });
  return {
    ca,
    issue: (names, until = end, from = start) => {
      const { privateKey, publicKey } = pair();
      const extension = alternatives(names);
      const subject = names[0] ?? '';
      const cert = signed(name, own.privateKey, { subject, publicKey, from, until, extension });
      return { cert, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
};
