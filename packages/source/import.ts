import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Db, Session } from '@rookery/db/pool';
import { Failure } from '@rookery/kernel/failure';
import { broken, readCsv, shown, type Chunk } from './csv.ts';
import { emailsFormat, oddity, tenantsFormat, type Format } from './csv-format.ts';
import { importedEmailColumns, tenantIds, upsertEmails, upsertTenants } from './import.sql.ts';
import { rowsPerStatement } from './rows.sql.ts';

/** How far an import has come: rows checked and written, and the share of the file that has been read. */
export type ImportProgress = {
  readonly table: 'tenants' | 'emails';
  readonly rows: number;
  readonly share: number;
};

/** Which files to import (`.csv` or `.csv.gz`) and whom to tell about progress. */
export type ImportOptions = {
  readonly tenants?: string | undefined;
  readonly emails?: string | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
};

/** What an import has read and changed. */
export type Imported = {
  readonly tenants: number;
  readonly emails: number;
  /** Rows written, tenants and e-mails together; 0 when everything was there already. */
  readonly changed: number;
  /** E-mails taken although an event lies before their sending; the first few are told in `oddities`. */
  readonly odd: number;
  readonly oddities: readonly string[];
};

const oddOnesTold = 5;

type Opened = { readonly bytes: Readable; readonly share: () => number };

const openFile = async (path: string): Promise<Opened> => {
  const info = await stat(path).catch((cause: unknown) => {
    throw new Failure('missing', 'file-missing', `${path} cannot be read; check the path`, {
      cause,
    });
  });
  if (!info.isFile()) throw new Failure('invalid', 'file-missing', `${path} is not a file`);
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
  // An error of the file destroys the unzipped stream, whose reader reports it.
  const bytes = path.endsWith('.gz') ? pipeline(raw, createGunzip(), () => {}) : raw;
  return { bytes, share: () => (info.size === 0 ? 1 : raw.bytesRead / info.size) };
};

type File = {
  readonly path: string;
  readonly table: ImportProgress['table'];
  readonly format: Format;
};

// Reads a file to its end and hands on its chunks; returns how many rows it has.
const readFile = async (
  { path, table, format }: File,
  onProgress: ImportOptions['onProgress'],
  take: (chunk: Chunk) => Promise<void>,
): Promise<number> => {
  const { bytes, share } = await openFile(path);
  let rows = 0;
  for await (const chunk of readCsv(basename(path), bytes, format, rowsPerStatement)) {
    await take(chunk);
    rows += chunk.rows;
    onProgress?.({ table, rows, share: share() });
  }
  return rows;
};

const tenantPosition = emailsFormat.findIndex((field) => field.name === 'tenant_id');

const refuseUnknownTenants = (file: string, chunk: Chunk, known: ReadonlySet<string>): void => {
  for (const [row, tenant] of (chunk.columns[tenantPosition] ?? []).entries())
    if (tenant === null || !known.has(tenant))
      throw broken(
        file,
        ` line ${chunk.lines[row]}, column tenant_id`,
        `${shown(tenant ?? '')} is not a tenant; import the tenants first or in the same run`,
      );
};

const importTenants = async (
  tx: Session,
  path: string,
  onProgress: ImportOptions['onProgress'],
): Promise<{ rows: number; changed: number }> => {
  let changed = 0;
  const rows = await readFile(
    { path, table: 'tenants', format: tenantsFormat },
    onProgress,
    async (chunk) => {
      const [row] = await tx.query(upsertTenants, chunk.columns);
      changed += row?.changed ?? 0;
    },
  );
  return { rows, changed };
};

const importEmails = async (
  tx: Session,
  path: string,
  onProgress: ImportOptions['onProgress'],
): Promise<{ rows: number; changed: number; odd: number; oddities: string[] }> => {
  const file = basename(path);
  const known = new Set((await tx.query(tenantIds, undefined)).map((row) => row.tenant_id));
  const width = Object.keys(importedEmailColumns).length;
  const oddities: string[] = [];
  let changed = 0;
  let odd = 0;
  const rows = await readFile(
    { path, table: 'emails', format: emailsFormat },
    onProgress,
    async (chunk) => {
      refuseUnknownTenants(file, chunk, known);
      for (const [row, line] of chunk.lines.entries()) {
        const what = oddity(chunk.columns, row);
        if (what === undefined) continue;
        odd += 1;
        if (oddities.length < oddOnesTold) oddities.push(`${file} line ${line}, ${what}`);
      }
      const [row] = await tx.query(upsertEmails, chunk.columns.slice(0, width));
      changed += row?.changed ?? 0;
    },
  );
  return { rows, changed, odd, oddities };
};

/**
 * Imports tenants and e-mails from CSV files into a source made by `installContract`, all or nothing:
 * a fault anywhere undoes the whole import and is told with file, line and column.
 */
export const importCsv = (
  adminDb: Db,
  { tenants, emails, onProgress }: ImportOptions,
): Promise<Imported> =>
  adminDb.transaction(async (tx) => {
    const none = { rows: 0, changed: 0, odd: 0, oddities: [] };
    const first = tenants === undefined ? none : await importTenants(tx, tenants, onProgress);
    const then = emails === undefined ? none : await importEmails(tx, emails, onProgress);
    return {
      tenants: first.rows,
      emails: then.rows,
      changed: first.changed + then.changed,
      odd: then.odd,
      oddities: then.oddities,
    };
  });
