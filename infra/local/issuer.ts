import { createServer } from 'node:http';
import { issuerKey, localToken, publicKeyOf, type PublicKey } from './issuer-key.ts';
import { closeServer, listenOnLoopback } from './loopback.ts';

export { localToken, signToken, type TokenWish } from './issuer-key.ts';

/** A running issuer: what functions and the gateway need to check its tokens. */
export type Issuer = {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  readonly keys: readonly PublicKey[];
  readonly stop: () => Promise<void>;
};

/** Where its key is kept, and its port. */
export type IssuerOptions = { readonly stateDir: string; readonly port: number };

/**
 * Serves the public key of the local tokens on 127.0.0.1, as an OpenID provider does.
 * Unlike a real one its `issuer` is a fixed name and not its address, so that tokens outlive a change of port.
 */
export const startIssuer = async ({ stateDir, port }: IssuerOptions): Promise<Issuer> => {
  const keys = [publicKeyOf(await issuerKey(stateDir))];
  const documents = (base: string): Readonly<Record<string, object>> => ({
    '/.well-known/jwks.json': { keys },
    '/.well-known/openid-configuration': {
      issuer: localToken.issuer,
      jwks_uri: `${base}/.well-known/jwks.json`,
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: keys.map(({ alg }) => alg),
    },
  });
  const server = createServer((request, response) => {
    const document = documents(`http://127.0.0.1:${request.socket.localPort}`)[request.url ?? ''];
    const known = document !== undefined && (request.method === 'GET' || request.method === 'HEAD');
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known ? document : { message: 'Not Found' }));
  });
  const bound = await listenOnLoopback(server, port);
  return {
    ...localToken,
    jwksUrl: `http://127.0.0.1:${bound}/.well-known/jwks.json`,
    keys,
    stop: () => closeServer(server),
  };
};
