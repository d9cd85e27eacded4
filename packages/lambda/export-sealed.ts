import { measured, type Digest, type ExportFormat } from './export-lines.ts';
import type { Fresh } from './stamps.ts';

/** A file as it is sent, byte by byte. */
export type SealedFile = Digest & { readonly format: ExportFormat };

/**
 * What an exporter found whose file is sealed: what is sent is read twice, once to know its digest, because headers come first,
 * and once to send it. The price is a second reading; the gain is that nothing of it has to be kept. `parts` starts anew each
 * time it is read, and gives the same.
 */
export type SealedExport = {
  /** What the file is called, without its suffix. */
  readonly name: string;
  readonly fresh: Fresh;
  readonly parts: AsyncIterable<readonly object[]>;
  /** Vouches for the file, and returns the headers that say so; called before the first byte: no answer is sent when it fails. */
  readonly seal: (file: SealedFile) => Promise<Readonly<Record<string, string>>>;
};

/** Reads a text to its end for its digest; undefined when nobody waits for it any more. */
export const digestOf = async (
  text: AsyncIterable<string>,
  isGone: () => boolean,
  signal: AbortSignal,
): Promise<Digest | undefined> => {
  const { lines, digest } = measured(text);
  for await (const _line of lines) {
    signal.throwIfAborted();
    if (isGone()) return undefined;
  }
  return digest();
};

/** Sends on a text that has this digest, and fails before its end is told when it is another one. */
export const faithful = async function* (
  text: AsyncIterable<string>,
  wanted: Digest,
): AsyncGenerator<string> {
  const { lines, digest } = measured(text);
  yield* lines;
  if (digest().sha256 !== wanted.sha256)
    throw new Error('the second reading of a sealed export is not what the first was');
};

/** The digest of a file as RFC 9530 has it. It is of what is sent: a sealed file is never packed. */
export const reprDigest = ({ sha256 }: Digest): string =>
  `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`;
