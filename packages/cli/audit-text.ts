import type { FileFault } from '@rookery/warehouse/audit/checkpoint-shelf';
import type { ChainResult } from '@rookery/warehouse/audit/verify';
import { many, shown, table } from './table.ts';

/** The checkpoints that a pass trusted; null where it had none. */
export type Trusted = {
  readonly place: string;
  readonly count: number;
  readonly newest: { readonly name: string; readonly at: string } | null;
  readonly faults: readonly FileFault[];
  /** True for keys that lie where the checkpoints do, and so prove no more than that place. */
  readonly published: boolean;
} | null;

/** What a pass over the chains found. */
export type Verdict = {
  readonly ok: boolean;
  readonly chains: readonly ChainResult[];
  /** What of the database's own guards is not in place. */
  readonly guards: readonly string[];
  readonly checkpoints: Trusted;
};

const chainText = (chains: readonly ChainResult[]): string => {
  const entries = chains.reduce((sum, chain) => sum + chain.entries, 0);
  const faults = chains.reduce((sum, chain) => sum + chain.faultCount, 0);
  const looked = `${many(chains.length, 'chain')}, ${entries === 1 ? '1 entry' : `${shown(entries)} entries`}`;
  return faults === 0
    ? `${looked}: each entry is as it was written and in its place, and none is missing between them.`
    : `${looked}: ${many(faults, 'fault')}.`;
};

const faultTable = (chains: readonly ChainResult[]): string => {
  const rows = chains.flatMap(({ faults }) =>
    faults.map(({ tenantId, kind, seq, to, id, text }) => [
      tenantId,
      kind,
      seq === to ? String(seq) : `${seq} to ${to}`,
      id === null ? null : String(id),
      text,
    ]),
  );
  const left = chains.reduce((sum, chain) => sum + chain.faultCount, 0) - rows.length;
  const more = left > 0 ? `\nand ${many(left, 'more fault')} of these chains` : '';
  return `${table(['tenant', 'fault', 'entry', 'id', 'what was found'], rows)}${more}`;
};

const unknown =
  'Without checkpoints nobody can tell whether the end of a chain was cut off together with its head, or a whole chain was written anew: name them with --checkpoints.';

const trustText = (trusted: Trusted): string => {
  if (trusted === null) return unknown;
  const { place, count, newest, faults, published } = trusted;
  if (newest === null) return `There is no checkpoint at ${place} that can be believed. ${unknown}`;
  const when = newest.at.slice(0, 16).replace('T', ' ');
  const parts = [
    `${many(count, 'checkpoint')} at ${place}, the newest of ${when} UTC (${newest.name}). What came after it, and whether a newer one was taken away, they cannot tell.`,
  ];
  if (published)
    parts.push('Their keys lie beside them: name yours with --keys where others can write there.');
  if (faults.length > 0)
    parts.push(
      table(
        ['checkpoint', 'what was found'],
        faults.map(({ name, reason }) => [name, reason]),
      ),
    );
  return parts.join('\n');
};

/** What people are told. */
export const verdictText = ({ chains, guards, checkpoints, ok }: Verdict): string => {
  const parts = [chainText(chains)];
  if (chains.some(({ faultCount }) => faultCount > 0)) parts.push(faultTable(chains));
  if (guards.length > 0)
    parts.push(
      `The database does not guard the audit as it should:\n${guards.map((fault) => `  ${fault}`).join('\n')}`,
    );
  parts.push(trustText(checkpoints));
  if (!ok)
    parts.push(
      'The audit is not what was written, or not safe: keep the checkpoints, and find out who.',
    );
  return parts.join('\n\n');
};
