import * as z from 'zod';
import type { Db } from '@rookery/db/pool';
import { describe } from '@rookery/kernel/failure';
import { coldObjects, verifyObject } from './cold.ts';
import { plan, type Due } from './look.ts';
import type { ArchivePlace } from './place.ts';
import { readProofs } from './run.sql.ts';
import { searchTables } from './search.sql.ts';

/** A table or an archived object in which rows have a text that was searched for. */
export type Found = { readonly place: string; readonly rows: number };

/** What a recount found: rows that should be gone or anonymous, what is held and why, and what does not prove itself. */
export type Verdict = {
  readonly overdue: readonly Due[];
  readonly held: readonly Due[];
  readonly early: readonly number[];
  readonly objects: number;
  readonly broken: readonly string[];
  /** Partitions and objects that are there though the ledger says that they went. */
  readonly returned: readonly string[];
  readonly found: readonly Found[];
  readonly ok: boolean;
};

/** What to recount, and a text that must be nowhere; null searches for nothing. */
export type Recount = {
  readonly db: Db;
  readonly place: ArchivePlace;
  readonly now: Date;
  readonly search: string | null;
};

const names = z.array(z.string());

// Work that waits for other work of retention is overdue as well; holds and rollups are no fault of it.
const waits = ({ why }: Due): boolean =>
  why === null || (why.endsWith('yet') && why !== 'their rollups are not done yet');

// As it is written within the quotes of JSON.
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

// Values alone: the names of columns are nobody's.
const hasText = (line: string, texts: readonly string[]): boolean =>
  Object.values(Object(JSON.parse(line))).some((value) => {
    const shown = (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase();
    return texts.some((text) => shown.includes(text.toLowerCase()));
  });

const linesWith = (text: string, search: string): number =>
  text.split('\n').filter((line) => line !== '' && hasText(line, [search, inJson(search)])).length;

const isThere = (place: ArchivePlace, name: string): Promise<boolean> =>
  place.read(name).then(
    () => true,
    () => false,
  );

/**
 * Recounts what is due at an instant, compares every run with its policy, reads every archived object back, and looks whether
 * what was dropped and removed stayed away. `early` holds the numbers of ledger rows that reached further than their policy
 * allowed.
 */
export const verify = async ({ db, place, now, search }: Recount): Promise<Verdict> => {
  const due = await plan(db, now);
  const runs = await db.query(readProofs, {});
  const removed = new Set(runs.flatMap((run) => names.parse(run.removed)));
  const objects = runs
    .flatMap((run) => coldObjects.parse(run.objects))
    .filter(({ name }) => !removed.has(name));
  const found: Found[] =
    search === null ? [] : await db.query(searchTables, { text: search, json: inJson(search) });
  const broken: string[] = [];
  for (const object of objects)
    try {
      const text = await verifyObject(place, object);
      const rows = search === null ? 0 : linesWith(text, search);
      if (rows > 0) found.push({ place: object.name, rows });
    } catch (error) {
      broken.push(describe(error));
    }
  const returned = runs.flatMap(({ partition_name: name }) => (name === null ? [] : [name]));
  for (const name of removed) if (await isThere(place, name)) returned.push(name);
  const overdue = due.filter(waits);
  const early = runs.filter((run) => run.early).map(({ id }) => id);
  return {
    overdue,
    held: due.filter((one) => !waits(one)),
    early,
    objects: objects.length,
    broken,
    returned,
    found,
    ok: [overdue, early, broken, returned, found].every((list) => list.length === 0),
  };
};
