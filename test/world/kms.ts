import {
  createCipheriv,
  createDecipheriv,
  generateKeyPairSync,
  randomBytes,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { signDigest } from './digest-signature.ts';

/**
 * A small KMS that speaks the real one's JSON protocol: data keys are sealed, and digests signed (P-256), with keys that never
 * leave it.
 */
export type Kms = {
  readonly endpoint: string;
  /** Calls since the last time this was asked, as `GenerateDataKey`, `Decrypt`, `Sign` and `GetPublicKey`. */
  readonly calls: () => string[];
  /** What every call is answered with instead, as AccessDeniedException. */
  fault: string | null;
  readonly close: () => Promise<void>;
};

type Ask = {
  readonly KeyId: string;
  readonly CiphertextBlob?: string;
  readonly Message?: string;
  readonly MessageType?: string;
  readonly SigningAlgorithm?: string;
  readonly EncryptionContext: Readonly<Record<string, string>>;
};
class Refusal extends Error {}

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};

/** Starts a KMS with these keys on 127.0.0.1. */
export const openKms = async (...keyIds: readonly string[]): Promise<Kms> => {
  const masters = new Map(keyIds.map((id) => [id, randomBytes(32)]));
  const pairs = new Map<string, KeyPairKeyObjectResult>();
  let calls: string[] = [];

  const masterOf = (id: string): Buffer => {
    const master = masters.get(id);
    if (master === undefined) throw new Refusal('NotFoundException');
    return master;
  };
  const generate = ({ KeyId, EncryptionContext }: Ask): object => {
    const plain = randomBytes(32);
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', masterOf(KeyId), iv);
    cipher.setAAD(Buffer.from(JSON.stringify(EncryptionContext)));
    const hidden = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    const blob = Buffer.concat([Buffer.from(KeyId.padEnd(40)), iv, hidden]);
    return { KeyId, Plaintext: plain.toString('base64'), CiphertextBlob: blob.toString('base64') };
  };
  const decrypt = ({ KeyId, CiphertextBlob = '', EncryptionContext }: Ask): object => {
    const blob = Buffer.from(CiphertextBlob, 'base64');
    const made = blob.subarray(0, 40).toString().trim();
    if (!masters.has(made)) throw new Refusal('InvalidCiphertextException');
    if (made !== KeyId) throw new Refusal('IncorrectKeyException');
    try {
      const cipher = createDecipheriv('aes-256-gcm', masterOf(KeyId), blob.subarray(40, 52));
      cipher.setAAD(Buffer.from(JSON.stringify(EncryptionContext)));
      cipher.setAuthTag(blob.subarray(-16));
      const plain = Buffer.concat([cipher.update(blob.subarray(52, -16)), cipher.final()]);
      return { KeyId, Plaintext: plain.toString('base64') };
    } catch {
      throw new Refusal('InvalidCiphertextException');
    }
  };

  const pairOf = (id: string): KeyPairKeyObjectResult => {
    masterOf(id);
    const pair = pairs.get(id) ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
    pairs.set(id, pair);
    return pair;
  };
  const signed = ({ KeyId, Message = '', MessageType, SigningAlgorithm }: Ask): object => {
    const digest = Buffer.from(Message, 'base64');
    if (MessageType !== 'DIGEST' || SigningAlgorithm !== 'ECDSA_SHA_256' || digest.length !== 32)
      throw new Refusal('ValidationException');
    const signature = signDigest(digest, pairOf(KeyId).privateKey);
    return { KeyId, SigningAlgorithm, Signature: signature.toString('base64') };
  };
  const publicKey = ({ KeyId }: Ask): object => {
    const der = pairOf(KeyId).publicKey.export({ format: 'der', type: 'spki' });
    return { KeyId, KeySpec: 'ECC_NIST_P256', PublicKey: der.toString('base64') };
  };
  const actions: Readonly<Record<string, (ask: Ask) => object>> = {
    Decrypt: decrypt,
    GenerateDataKey: generate,
    GetPublicKey: publicKey,
    Sign: signed,
  };

  const reply = (action: string, body: string): [status: number, answer: object] => {
    try {
      if (kms.fault !== null) throw new Refusal(kms.fault);
      const act = actions[action];
      if (act === undefined) throw new Refusal('UnknownOperationException');
      return [200, act(JSON.parse(body) as Ask)];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return [400, { __type: error.message, message: 'no' }];
    }
  };
  const answered = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, action = ''] = String(request.headers['x-amz-target']).split('.');
    calls.push(action);
    const [status, answer] = reply(action, await textOf(request));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => void answered(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const kms: Kms = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => {
      const made = calls;
      calls = [];
      return made;
    },
    fault: null,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return kms;
};
