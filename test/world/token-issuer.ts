import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

/** A key pair of an issuer; `jwk` is the public half, as it is published. */
export type SigningKey = {
  readonly kid: string;
  readonly alg: 'RS256' | 'ES256';
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: Readonly<Record<string, unknown>>;
};

/** A fresh key pair. */
export const signingKey = (kid: string, alg: SigningKey['alg'] = 'RS256'): SigningKey => {
  const { privateKey, publicKey } =
    alg === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
  return { kid, alg, privateKey, publicKey, jwk };
};

/** base64url of text, of bytes, or of anything else as JSON. */
export const encoded = (part: unknown): string =>
  Buffer.from(
    part instanceof Uint8Array || typeof part === 'string' ? part : JSON.stringify(part),
  ).toString('base64url');

/** A JWT of any header and payload, signed as the key does, whatever the header says. */
export const jwtOf = (key: SigningKey, payload: unknown, header: object = {}): string => {
  const input = `${encoded({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header })}.${encoded(payload)}`;
  const signature = sign('sha256', Buffer.from(input), {
    key: key.privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${input}.${encoded(signature)}`;
};

/** What an issuer does when it is asked for its keys. */
export type Mood = 'keys' | 'hang' | 'garbage' | 'fault' | 'redirect';

/** A real HTTP server that publishes keys; `keys` and `mood` may be changed at any time. */
export type TokenIssuer = {
  readonly jwksUrl: string;
  keys: SigningKey[];
  mood: Mood;
  /** How often it was asked. */
  readonly asked: () => number;
  /** Takes it off the network, and back on the same port. */
  readonly down: () => Promise<void>;
  readonly up: () => Promise<void>;
};

const answers: Readonly<Record<Mood, (response: ServerResponse, keys: SigningKey[]) => void>> = {
  keys: (response, keys) => response.end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) })),
  hang: () => {},
  garbage: (response) => response.end('{"keys":"<html>'),
  fault: (response) => response.writeHead(500).end('{"keys":[]}'),
  redirect: (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
};

/** Starts an issuer with these keys on 127.0.0.1. */
export const openIssuer = async (...keys: SigningKey[]): Promise<TokenIssuer> => {
  let asked = 0;
  let port = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    answers[issuer.mood](response, issuer.keys);
  });
  const up = async (): Promise<void> => {
    server.listen({ port, host: '127.0.0.1' });
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) ({ port } = address);
  };
  await up();
  const issuer: TokenIssuer = {
    jwksUrl: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    keys,
    mood: 'keys',
    asked: () => asked,
    up,
    down: async () => {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return issuer;
};
