import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Packet } from 'dns2';

type Told = readonly object[] | 'nxdomain' | 'servfail' | 'silent';

/** What a DNS server answers for `TYPE name`: records, at once or after a while, or how it fails; NXDOMAIN for all else. */
export type Records = Readonly<
  Record<string, Told | { readonly afterMs: number; readonly told: Told }>
>;

/** A DNS server on a port of 127.0.0.1, and what it was asked. */
export type NameServer = {
  readonly port: number;
  readonly asked: string[];
  readonly close: () => void;
};

const rcodes = { nxdomain: 3, servfail: 2 } as const;

const typeNames = new Map<number, string>(
  Object.entries(Packet.TYPE).map(([name, code]) => [code, name]),
);

const keyOf = ({ questions: [question] }: Packet): string =>
  question === undefined
    ? 'nothing'
    : `${typeNames.get(question.type) ?? question.type} ${question.name}`;

const answerTo = (request: Packet, found: Told): Buffer | null => {
  const [question] = request.questions;
  if (question === undefined || found === 'silent') return null;
  const response = Packet.createResponseFromRequest(request);
  if (typeof found === 'string') response.header.rcode = rcodes[found];
  else
    response.answers = found.map((data) => ({
      name: question.name,
      type: question.type,
      class: 1,
      ttl: 1,
      ...data,
    })) as typeof response.answers;
  return response.toBuffer();
};

/** Starts a DNS server over UDP. */
export const startNameServer = async (records: Records): Promise<NameServer> => {
  const asked: string[] = [];
  const waiting = new Set<NodeJS.Timeout>();
  const socket = createSocket('udp4');
  socket.on('message', (bytes, { port, address }) => {
    const request = Packet.parse(bytes);
    const key = keyOf(request);
    asked.push(key);
    const found = records[key] ?? 'nxdomain';
    const { afterMs, told } =
      typeof found === 'object' && 'told' in found ? found : { afterMs: 0, told: found };
    const answer = answerTo(request, told);
    if (answer === null) return;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      socket.send(answer, port, address);
    }, afterMs);
    waiting.add(timer);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    asked,
    close: () => {
      for (const timer of waiting) clearTimeout(timer);
      socket.close();
    },
  };
};
