import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Option } from 'commander';
import { auditExportEndpoints } from '@rookery/http/endpoints/audit-export';
import { Failure } from '@rookery/kernel/failure';
import { linesOf, measured, type ExportFormat } from '@rookery/lambda/export-lines';
import { openExport } from '@rookery/warehouse/audit/export';
import { manifestOf, recordExport } from '@rookery/warehouse/audit/export-manifest';
import { signerOf } from '../audit-keys.ts';
import { answer, atPlace, command, type Answer, type Options } from '../command.ts';
import { operatorOf } from '../operator.ts';
import type { Place } from '../place.ts';
import { shown } from '../table.ts';

type Flags = Options & {
  readonly tenant: string;
  readonly from?: string;
  readonly to?: string;
  readonly action?: string;
  readonly format: ExportFormat;
  readonly out: string;
};

const endpoint = auditExportEndpoints.exportAuditLog;

const queryOf = ({ from, to, action }: Flags) => {
  const parsed = endpoint.query.safeParse({ from, to, action });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `--${path.join('.')} ${message}`);
  throw new Failure('invalid', 'request-malformed', faults.join('; '));
};

const refuseExisting = async (paths: readonly string[]): Promise<void> => {
  for (const path of paths) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere)
      throw new Failure('invalid', 'file-exists', `${path} is there already: name another --out`);
  }
};

const refuseNoFolder = async (path: string): Promise<void> => {
  const folder = dirname(path);
  await access(folder, constants.W_OK).catch(() => {
    throw new Failure(
      'invalid',
      'folder-missing',
      `${folder} is no folder that can be written to: make it, or name another --out`,
    );
  });
};

// The file has its name only once the export is in the chain: what could not be recorded was not exported.
const write = async (flags: Flags, place: Place): Promise<Answer> => {
  const { tenant, format, out } = flags;
  const query = queryOf(flags);
  const beside = `${out}.manifest.jws`;
  await refuseNoFolder(out);
  await refuseExisting([out, beside]);
  const signer = await signerOf(flags);
  const db = place.db('ops');
  const part = `${out}.part`;
  const by = { tenantId: tenant, ...operatorOf('audit export') };
  try {
    const opened = await openExport(db, tenant, query);
    if (opened.head === null)
      throw new Failure(
        'missing',
        'tenant-unknown',
        `the audit knows nothing of a tenant ${tenant}`,
      );
    const { lines, digest } = measured(linesOf(endpoint, format, opened.parts));
    await pipeline(lines, createWriteStream(part, { flush: true }));
    const file = { format, ...digest() };
    const manifest = manifestOf({ id: randomUUID(), by, query, file, export: opened });
    await writeFile(`${beside}.part`, await signer.sign('rookery-manifest', manifest));
    await recordExport((work) => db.transaction(work), by, manifest);
    await rename(part, out);
    await rename(`${beside}.part`, beside);
    return {
      data: { file: out, manifest_file: beside, manifest },
      text: `${manifest.rows === 1 ? '1 entry' : `${shown(manifest.rows)} entries`} in ${out}, its manifest in ${beside}; the export is an entry of the chain itself.\naudit verify --file ${out} proves it.`,
      ok: true,
    };
  } finally {
    await rm(part, { force: true });
    await rm(`${beside}.part`, { force: true });
  }
};

/** `audit export`: the compliance audit of a tenant as a file, with a signed manifest; recorded as an entry of it. */
export const exportCommand = command(
  'export',
  'Write the compliance audit of a tenant to a file, and a signed manifest beside it; both are recorded in the audit.',
  [
    'audit export --tenant t01 --out audit.ndjson',
    'audit export --tenant t01 --from 2026-01-01 --to 2026-04-01 --format csv --out q1.csv',
  ],
)
  .requiredOption('--tenant <id>', 'whose audit')
  .requiredOption('--out <path>', 'the file; <path>.manifest.jws is written beside it')
  .option('--from <moment>', 'not before this day or instant')
  .option('--to <moment>', 'before this day or instant')
  .option('--action <name>', 'only this action')
  .addOption(new Option('--format <format>').choices(['ndjson', 'csv']).default('ndjson'))
  .action((options: Flags) =>
    answer(options, () => atPlace(options, ['ops'], (place) => write(options, place))),
  );
