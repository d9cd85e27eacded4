import { Command } from 'commander';
import { publishKey } from '@rookery/lambda/checkpoint-keys';
import { runCheckpoint } from '@rookery/warehouse/audit/checkpoint-run';
import {
  checkpointPlaceOf,
  keysOf,
  openerOf,
  shelfOf,
  signerOf,
  type Trusting,
} from '../audit-keys.ts';
import { answer, atPlace, command } from '../command.ts';
import { many, table } from '../table.ts';
import { ageingCommand } from './audit-ageing.ts';
import { exportCommand } from './audit-export.ts';
import { holdCommand } from './audit-hold.ts';
import { verifyCommand } from './audit-verify.ts';

const checkpointCommand = command(
  'checkpoint',
  'Sign how far the compliance audit is, now, outside the database; what was written since the last one is computed again first.',
  ['audit checkpoint', 'audit checkpoint --checkpoints ./checkpoints'],
)
  .option('--checkpoints <place>', 'a folder or s3://bucket/prefix (default: CHECKPOINT_PLACE)')
  .action((options: Trusting) =>
    answer(options, () =>
      atPlace(options, ['ops'], async (place) => {
        const shelf = shelfOf(checkpointPlaceOf(options));
        const signer = await signerOf(options);
        await publishKey(shelf, await signer.publicKey());
        const bench = {
          db: place.db('ops'),
          shelf,
          sign: (checkpoint: object) => signer.sign('rookery-checkpoint', checkpoint),
          open: openerOf(await keysOf(options, shelf)),
        };
        const ran = await runCheckpoint(bench, new Date(), () => new Date());
        const said =
          ran.heads === 0
            ? `${ran.name} is signed: no chain moved since the one before.`
            : `${ran.name} vouches for ${many(ran.heads, 'chain')} that moved.`;
        const bad = table(
          ['tenant', 'entry', 'not vouched for because'],
          ran.broken.map(({ tenant_id, seq, reason }) => [tenant_id, String(seq), reason]),
        );
        const ok = ran.broken.length === 0;
        return { data: ran, text: ok ? said : `${said}\n\n${bad}`, ok };
      }),
    ),
  );

const keysCommand = command(
  'keys',
  'Print the public keys that checkpoints and manifests are verified with, as a JWK set.',
  ['audit keys > keys.json'],
)
  .option('--checkpoints <place>', 'a folder or s3://bucket/prefix (default: CHECKPOINT_PLACE)')
  .action((options: Trusting) =>
    answer(options, async () => {
      const keys = await keysOf(options, shelfOf(checkpointPlaceOf(options)));
      return { data: keys, text: JSON.stringify(keys, null, 2), ok: true };
    }),
  );

/** `audit`: the compliance audit: verify it, sign it, export it, hold it, age it. */
export const auditCommand = new Command('audit')
  .description('Verifies, signs, exports and ages the compliance audit, and holds what must stay.')
  .addCommand(verifyCommand)
  .addCommand(exportCommand)
  .addCommand(checkpointCommand)
  .addCommand(keysCommand)
  .addCommand(holdCommand)
  .addCommand(ageingCommand);
