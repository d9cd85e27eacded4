import type { Dialogue } from './dialogue.ts';
import { failed, type Fault } from './finding.ts';
import { askMailServer, type Manner } from './mail-server.ts';
import type { Probe } from './probe.ts';

type Reply = { readonly code: number; readonly lines: readonly string[] };

const replyTo = async (talk: Dialogue): Promise<Reply> => {
  const lines: string[] = [];
  for (;;) {
    const line = await talk.line();
    const [, code, mark, text = ''] = /^(\d{3})(?:([ -])(.*))?$/.exec(line) ?? [];
    if (code === undefined) return { code: 0, lines: [] };
    lines.push(text);
    if (mark !== '-') return { code: Number(code), lines };
  }
};

const unless = (wanted: number, { code }: Reply, what: string): Fault | null => {
  if (code === wanted) return null;
  return failed(code === 0 ? `${what}: it does not speak SMTP` : `${what}: it answered ${code}`);
};

// RFC 5321 §4.1.1.1 wants a name or an address; a probe has neither of its own.
const hello = 'EHLO [127.0.0.1]\r\n';

const smtp: Manner = {
  greeted: async (talk) => unless(220, await replyTo(talk), 'the greeting is not 220'),
  capable: async (talk) => {
    talk.say(hello);
    const reply = await replyTo(talk);
    const fault = unless(250, reply, 'EHLO was refused');
    return fault ?? new Set(reply.lines.slice(1).map((line) => line.toUpperCase().trim()));
  },
  startTls: async (talk) => {
    talk.say('STARTTLS\r\n');
    return unless(220, await replyTo(talk), 'STARTTLS was refused');
  },
  farewell: 'QUIT\r\n',
};

/** Asks a mail server for its greeting, EHLO and TLS; sends no mail and tries no password. */
export const probeSmtp: Probe<'smtp'> = (spec, context) => askMailServer(spec, smtp, context);
