import { Failure } from '@rookery/kernel/failure';
import { codeOf } from './code.ts';
import { talkOver } from './dialogue.ts';
import { failed, judged, unanswered, type Finding } from './finding.ts';
import type { Context, Probe } from './probe.ts';
import { connected } from './reach.ts';

// Length 8 and the code 80877103: a server that speaks the protocol answers one byte before anybody logs on.
const sslRequest = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47);

const askServer = async (host: string, port: number, context: Context): Promise<Finding> => {
  const began = performance.now();
  const connection = await connected({ host, port, tls: false }, context);
  try {
    const talk = talkOver(connection.socket, host);
    talk.say(sslRequest);
    const answer = String.fromCharCode(await talk.byte());
    const ms = performance.now() - began;
    if (answer !== 'S' && answer !== 'N') return judged(ms, [failed('it does not speak Postgres')]);
    return judged(ms, [], { offers_tls: answer === 'S' });
  } finally {
    connection.close();
  }
};

const askOurs = async (database: 'warehouse' | 'source', context: Context): Promise<Finding> => {
  if (context.askDatabase === undefined)
    throw new Failure(
      'missing',
      'probe-not-here',
      'databases of the platform cannot be asked here',
    );
  const began = performance.now();
  try {
    await context.askDatabase(database, context.signal);
  } catch (error) {
    const code = codeOf(error);
    return unanswered(`the ${database} does not answer${code && ` (${code})`}`, false);
  }
  return judged(performance.now() - began, []);
};

/** Asks a database of the platform `select 1`, or a server whether it speaks Postgres. */
export const probePostgres: Probe<'postgres'> = (spec, context) => {
  const { database, host, port = 5_432 } = spec;
  if (database !== undefined) return askOurs(database, context);
  if (host !== undefined) return askServer(host, port, context);
  throw new Failure('invalid', 'probe-malformed', 'name a host, or a database of the platform');
};
