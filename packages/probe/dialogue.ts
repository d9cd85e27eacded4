import { failed, failedBy } from '@rookery/outbound/failure';
import type { Socket } from 'node:net';

/** A talk over a socket, in lines or bytes; all that is read has a bound, and ends when the socket does. */
export type Dialogue = {
  /** The next line without its end; fails with `outbound-failed` (too-large) for one that goes on and on. */
  readonly line: () => Promise<string>;
  /** The next byte. */
  readonly byte: () => Promise<number>;
  readonly say: (what: string | Uint8Array) => void;
  /** True when more came than was read: before TLS, that is somebody putting words into the server's mouth. */
  readonly isAhead: () => boolean;
  /** Stops to listen: the socket is handed on. */
  readonly end: () => void;
};

const longestTalk = 16 * 1_024;

const asleep = (): void => {};

/** Begins a talk with the server at a socket. */
export const talkOver = (socket: Socket, host: string): Dialogue => {
  let unread = Buffer.alloc(0);
  let total = 0;
  let over: Error | null = null;
  let wake = asleep;

  const hear = (chunk: Buffer): void => {
    if (over !== null) return;
    total += chunk.length;
    unread = Buffer.concat([unread, chunk]);
    if (total > longestTalk) stop(failed('too-large', `${host} does not stop talking`));
    wake();
  };
  const stop = (error: Error): void => {
    over ??= error;
    wake();
  };
  const onError = (error: Error): void => stop(failedBy(error, `the talk with ${host}`, 'reset'));
  const onEnd = (): void => stop(failed('reset', `${host} hung up`));
  socket.on('data', hear).on('error', onError).on('end', onEnd).on('close', onEnd);
  if (socket.destroyed) onEnd();

  // Takes what is there once `count` finds its end, or fails; what came before the end is heard out first.
  const take = async (count: () => number): Promise<Buffer> => {
    for (;;) {
      const length = count();
      if (length > 0) {
        const taken = unread.subarray(0, length);
        unread = unread.subarray(length);
        return taken;
      }
      if (over !== null) throw over;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  return {
    line: async () =>
      (await take(() => unread.indexOf(0x0a) + 1)).toString('latin1').replace(/\r?\n$/, ''),
    byte: async () => (await take(() => Math.min(1, unread.length)))[0] ?? 0,
    say: (what) => void socket.write(what),
    isAhead: () => unread.length > 0,
    end: () => {
      socket.off('data', hear).off('error', onError).off('end', onEnd).off('close', onEnd);
    },
  };
};
