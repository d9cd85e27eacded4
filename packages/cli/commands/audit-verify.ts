import { Failure } from '@rookery/kernel/failure';
import { readAll } from '@rookery/warehouse/audit/checkpoint-shelf';
import { openGuards } from '@rookery/warehouse/audit/guards.sql';
import {
  verifyAudit,
  type ChainCheckpoint,
  type ChainResult,
} from '@rookery/warehouse/audit/verify';
import { checkpointPlaceOf, keysOf, openerOf, shelfOf, type Trusting } from '../audit-keys.ts';
import { verdictText, type Trusted } from '../audit-text.ts';
import { answer, atPlace, command, type Answer } from '../command.ts';
import type { Place } from '../place.ts';
import type { Screen } from '../screen.ts';
import { shown } from '../table.ts';
import { verifyFile } from '../audit-file.ts';

type Flags = Omit<Trusting, 'checkpoints'> & {
  readonly tenant?: string;
  /** False for --no-checkpoints. */
  readonly checkpoints?: string | boolean;
  readonly file?: string;
  readonly manifest?: string;
};

const trustingOf = ({ checkpoints, ...options }: Flags): Trusting => ({
  ...options,
  ...(typeof checkpoints === 'string' ? { checkpoints } : {}),
});

type Noted = { readonly trusted: Trusted; readonly heads: readonly ChainCheckpoint[] };

// A place without a single checkpoint is as good as none, and told of as such.
const noted = async (options: Flags): Promise<Noted> => {
  if (options.checkpoints === false) return { trusted: null, heads: [] };
  const trusting = trustingOf(options);
  const place = checkpointPlaceOf(trusting);
  const shelf = shelfOf(place);
  const { filed, faults } = await readAll(shelf, openerOf(await keysOf(trusting, shelf)));
  const newest = filed.at(-1);
  return {
    trusted: {
      place,
      count: filed.length,
      newest: newest === undefined ? null : { name: newest.name, at: newest.checkpoint.at },
      faults,
      published: trusting.keys === undefined,
    },
    heads: filed.flatMap(({ checkpoint: { heads, at } }) =>
      heads.map(({ tenant_id: tenantId, seq, hash }) => ({ tenantId, seq, hash, at })),
    ),
  };
};

// Of a tenant that was misspelled there is nothing that could be wrong.
const refuseUnknown = (tenant: string | undefined, chains: readonly ChainResult[]): void => {
  if (chains.some(({ entries, faultCount }) => entries > 0 || faultCount > 0)) return;
  if (tenant !== undefined)
    throw new Failure('missing', 'tenant-unknown', `the audit knows nothing of a tenant ${tenant}`);
};

const verifyChains = async (options: Flags, place: Place, screen: Screen): Promise<Answer> => {
  const { trusted, heads } = await noted(options);
  const { tenant } = options;
  const step = screen.step('computing the chains again');
  const chains = await verifyAudit(place.db('ops'), {
    tenantIds: tenant === undefined ? null : [tenant],
    checkpoints: heads,
    progress: (tenantId, entries) => step.update(`${tenantId}: ${shown(entries)} entries`),
  });
  step.done();
  refuseUnknown(tenant, chains);
  const guards = (await place.db('ops').query(openGuards, null)).map(({ fault }) => fault);
  // Who names a place says that there are some.
  const isEmptyPlace = typeof options.checkpoints === 'string' && trusted?.newest === null;
  const ok =
    chains.every(({ faultCount }) => faultCount === 0) &&
    (trusted?.faults.length ?? 0) === 0 &&
    guards.length === 0 &&
    !isEmptyPlace;
  const verdict = { ok, chains, guards, checkpoints: trusted };
  return { data: verdict, text: verdictText(verdict), ok };
};

/** `audit verify`: finds whatever was changed, taken away or added, and names it; or proves an exported file, offline. */
export const verifyCommand = command(
  'verify',
  'Compute the chains of the compliance audit again and name what does not hold; or prove an exported file, offline.',
  [
    'audit verify',
    'audit verify --tenant t01 --checkpoints s3://audit/checkpoints --keys keys.json',
    'audit verify --file audit.ndjson --manifest audit.ndjson.manifest.jws --keys keys.json',
  ],
)
  .option('--tenant <id>', 'one tenant (default: every tenant)')
  .option('--checkpoints <place>', 'a folder or s3://bucket/prefix (default: CHECKPOINT_PLACE)')
  .option('--no-checkpoints', 'without them')
  .option('--keys <file>', 'a JWK set (default: the keys that lie beside the checkpoints)')
  .option('--file <path>', 'an exported file; no database is asked then')
  .option('--manifest <path>', 'its manifest (default: the file’s name and .manifest.jws)')
  .action((options: Flags) =>
    answer(options, (screen) =>
      options.file === undefined
        ? atPlace(options, ['ops'], (place) => verifyChains(options, place, screen))
        : verifyFile(trustingOf(options), options.file, options.manifest),
    ),
  );
