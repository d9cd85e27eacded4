import { hash } from 'node:crypto';
import type { Db, Session } from '@rookery/db/pool';
import { committedColumns, textAt } from '@rookery/warehouse/audit/chain';
import { openExport } from '@rookery/warehouse/audit/export';
import { verifyChain } from '@rookery/warehouse/audit/verify';
import { readChain } from '@rookery/warehouse/audit/verify.sql';
import { plain, ratio, type Line } from './line.ts';
import { competeHere } from './measure-here.ts';
import { compete } from './measure.ts';
import { openAs } from './question-audit-place.ts';
import { allEntries } from './question-audit.sql.ts';
import { verifiedTenant as tenantId } from './question-audit-write.ts';
import { perEvent } from './question-telemetry-admit.ts';
import type { Stage } from './stage.ts';

// As much text as the chain of so many entries is hashed over: what was committed to, and the commitments.
const textsOf = async (ops: Db): Promise<string[]> => {
  const page = { tenantId, after: null, limit: 5_000, bytes: 1e9 };
  return (await ops.query(readChain, page)).flatMap((entry) => [
    ...committedColumns.map(
      (column) => `${textAt(entry.salts, column)}:${column}:=${entry[column]}`,
    ),
    [
      ...committedColumns.map((column) => textAt(entry.commitments, column)),
      entry.hash,
      entry.action,
    ].join('64:'),
  ]);
};

/** Verifying a chain, against nothing but SHA-256 over as much text. */
export const verifyLines = async (
  { place: { ops }, ground, say }: Stage,
  entries: number,
): Promise<Line[]> => {
  say('audit: verify');
  const texts = await textsOf(ops);
  const rounds = (entries * (committedColumns.length + 1)) / texts.length;
  const verify = async (): Promise<void> => {
    const result = await verifyChain(ops, { tenantId, checkpoints: [] });
    if (result.faultCount > 0 || result.entries !== entries) throw new Error('the chain is broken');
  };
  const run = await competeHere(3, {
    verify: { run: verify },
    bare: {
      run: async () => {
        let length = 0;
        for (let round = 0; round < rounds; round += 1)
          for (const text of texts) length += hash('sha256', text, 'hex').length;
        return length;
      },
    },
  });
  const { server } = await compete(ground.maintenance, 1, { server: { run: verify } });
  const name = `Verifying a chain of ${entries.toLocaleString('en')} entries`;
  return [
    perEvent(
      `${name}, CPU of the client / SHA-256 over the same text alone`,
      run.verify,
      run.bare,
      {
        events: entries,
      },
    ),
    plain(
      'the same, entries a second, wall',
      (1_000 * entries) / run.verify.wall,
      'rows',
      undefined,
    ),
    perEvent('the same: CPU of the server / of the client', server, run.verify, {
      events: entries,
    }),
  ];
};

/** Exporting a chain as lines of JSON, against reading all of it at once and writing nothing. */
export const exportLines = async (stage: Stage, entries: number): Promise<Line[]> => {
  stage.say('audit: export');
  const api = await openAs(stage, 'rookery_api');
  const as = <T>(work: (tx: Session) => Promise<T>) => ({
    run: () => api.transaction(work, { tenantId, role: 'auditor' }),
  });
  const contestants = {
    whole: as(async (tx) => {
      const { parts, extent } = await openExport(tx, tenantId, {});
      let bytes = 0;
      for await (const part of parts)
        for (const entry of part) bytes += JSON.stringify(entry).length;
      if (extent().rows !== entries) throw new Error(`${extent().rows} entries exported`);
      return bytes;
    }),
    bare: as((tx) => tx.script(allEntries(tenantId))),
  };
  try {
    const here = await competeHere(3, contestants);
    const there = await compete(stage.ground.maintenance, 3, contestants);
    const name = `Exporting ${entries.toLocaleString('en')} entries as lines of JSON`;
    return [
      perEvent(`${name} / reading them in one query, CPU of the client`, here.whole, here.bare, {
        events: entries,
      }),
      perEvent('the same, CPU of the server', there.whole, there.bare, { events: entries }),
      ratio('the same, wall', here.whole, here.bare, undefined, 'wall'),
    ];
  } finally {
    await api.close();
  }
};
