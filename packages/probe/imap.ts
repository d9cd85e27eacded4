import type { Dialogue } from './dialogue.ts';
import { failed } from './finding.ts';
import { askMailServer, type Manner } from './mail-server.ts';
import type { Probe } from './probe.ts';

type Reply = { readonly isOk: boolean; readonly untagged: readonly string[] };

// Reads up to the line with our tag; all that comes before it is untagged.
const replyTo = async (talk: Dialogue, tag: string): Promise<Reply> => {
  const untagged: string[] = [];
  for (;;) {
    const line = await talk.line();
    if (line.startsWith(`${tag} `))
      return { isOk: /^OK\b/i.test(line.slice(tag.length + 1)), untagged };
    untagged.push(line);
  }
};

const imap: Manner = {
  greeted: async (talk) => {
    const line = await talk.line();
    if (/^\* (?:OK|PREAUTH)\b/i.test(line)) return null;
    return failed(
      /^\* BYE\b/i.test(line) ? 'the server said BYE' : 'the greeting is not one of IMAP',
    );
  },
  capable: async (talk) => {
    talk.say('a1 CAPABILITY\r\n');
    const { isOk, untagged } = await replyTo(talk, 'a1');
    const told = untagged.find((line) => /^\* CAPABILITY /i.test(line));
    if (!isOk || told === undefined) return failed('CAPABILITY was refused');
    return new Set(told.toUpperCase().split(' ').slice(2));
  },
  startTls: async (talk) => {
    talk.say('a2 STARTTLS\r\n');
    const { isOk } = await replyTo(talk, 'a2');
    return isOk ? null : failed('STARTTLS was refused');
  },
  farewell: 'a3 LOGOUT\r\n',
};

/** Asks a mail server for its greeting, CAPABILITY and TLS; tries no password. */
export const probeImap: Probe<'imap'> = (spec, context) => askMailServer(spec, imap, context);
