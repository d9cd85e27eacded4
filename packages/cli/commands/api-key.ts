import { Command, InvalidArgumentError } from 'commander';
import { streamNames } from '@rookery/http/streams/names';
import { Failure } from '@rookery/kernel/failure';
import { isPlain } from '@rookery/kernel/text';
import { newApiKey } from '@rookery/lambda/api-key';
import { addApiKey, apiKeys, revokeApiKey } from '@rookery/lambda/api-key.sql';
import { record } from '@rookery/monitoring/audit/record';
import { answer, atPlace, command, type Answer, type Options } from '../command.ts';
import { operatorOf } from '../operator.ts';
import type { Place } from '../place.ts';
import { many, table } from '../table.ts';

type Wish = Options & {
  readonly tenant: string;
  readonly name: string;
  readonly scope?: readonly string[];
  readonly heartbeat?: readonly string[];
  readonly expiresDays?: number;
};

const dayMs = 86_400_000;
const mostDays = 3_650;

const nameOption = (text: string): string => {
  if (text.trim() !== '' && text.length <= 200 && isPlain(text)) return text;
  throw new InvalidArgumentError('Write 1 to 200 characters, not only white space.');
};

const scopeNames: readonly string[] = [...streamNames, 'heartbeats', 'events'];

const scopeOption = (text: string, before: readonly string[] = []): string[] => {
  if (scopeNames.includes(text)) return [...new Set([...before, text])];
  throw new InvalidArgumentError(`Write one of ${scopeNames.join(', ')}; repeat it for more.`);
};

// As packages/http/endpoints/heartbeats.ts names the scope: a service that is called like a stream opens no stream.
const heartbeatOption = (text: string, before: readonly string[] = []): string[] => {
  if (/^[a-z0-9][a-z0-9_-]{0,49}$/.test(text))
    return [...new Set([...before, `heartbeat:${text}`])];
  throw new InvalidArgumentError('Write the id of a service whose probe is a heartbeat.');
};

const scopesOf = ({ scope, heartbeat = [] }: Wish): string[] =>
  scope === undefined && heartbeat.length === 0
    ? [...streamNames]
    : [...(scope ?? []), ...heartbeat];

const daysOption = (text: string): number => {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= mostDays) return days;
  throw new InvalidArgumentError(`Write 1 to ${mostDays} days.`);
};

const thing = { type: 'api-key', module: 'ingestion' } as const;

const create = async (place: Place, wish: Wish): Promise<Answer> => {
  const { tenant: tenantId, name, expiresDays } = wish;
  const scopes = scopesOf(wish);
  const editor = operatorOf('api-key create');
  const { now, subject: createdBy } = editor;
  const expiresAt =
    expiresDays === undefined ? null : new Date(now.getTime() + expiresDays * dayMs);
  const { id, text, hash: keyHash } = newApiKey(tenantId);
  await place.db('ops').transaction(
    async (tx) => {
      await tx.query(addApiKey, { tenantId, id, name, keyHash, scopes, createdBy, now, expiresAt });
      const after = { name, scopes, expires_at: expiresAt };
      const description = `made the API key ${id}`;
      await record(tx, tenantId, {
        editor,
        deed: { ...thing, action: 'create', id, description, after },
      });
    },
    { tenantId },
  );
  const data = { key: text, id, tenant_id: tenantId, name, scopes, expires_at: expiresAt };
  return { data, text, ok: true };
};

const moment = (date: Date | null): string | null =>
  date === null ? null : date.toISOString().slice(0, 16).replace('T', ' ');

const isAll = (scopes: readonly string[]): boolean =>
  scopes.length === streamNames.length && streamNames.every((name) => scopes.includes(name));

const list = async (place: Place, tenant: string | undefined): Promise<Answer> => {
  const keys = await place.db('ops').query(apiKeys, { tenantId: tenant ?? null });
  const text =
    keys.length === 0
      ? 'There is no API key.'
      : table(
          ['tenant', 'id', 'name', 'scopes', 'made by', 'made', 'last used', 'expires', 'revoked'],
          keys.map((key) => [
            key.tenant_id,
            key.id,
            key.name,
            isAll(key.scopes) ? 'all' : key.scopes.join(' '),
            key.created_by,
            moment(key.created_at),
            moment(key.last_used_at),
            moment(key.expires_at),
            moment(key.revoked_at),
          ]),
        );
  return { data: { keys }, text, ok: true };
};

const revoke = async (place: Place, tenantId: string, id: string): Promise<Answer> => {
  const editor = operatorOf('api-key revoke');
  const { now } = editor;
  const key = await place.db('ops').transaction(
    async (tx) => {
      const [revoked] = await tx.query(revokeApiKey, { tenantId, id, now });
      if (revoked === undefined)
        throw new Failure(
          'missing',
          'api-key-missing',
          `tenant ${tenantId} has no API key ${id}: see api-key list`,
        );
      // Revoked before, it keeps that moment, and nothing was done.
      if (revoked.revoked_at?.getTime() !== now.getTime()) return revoked;
      const description = `revoked the API key ${id}`;
      await record(tx, tenantId, { editor, deed: { ...thing, action: 'delete', id, description } });
      return revoked;
    },
    { tenantId },
  );
  const data = { tenant_id: tenantId, id, revoked_at: key.revoked_at };
  return { data, text: `${id} is revoked since ${moment(key.revoked_at)} UTC`, ok: true };
};

const createCommand = command(
  'create',
  'Make an API key and print it: this once, only its hash is kept.',
  [
    'api-key create --tenant t01 --name collector',
    'api-key create --tenant t01 --name web --scope user-activity --scope sessions --expires-days 90',
    'api-key create --tenant t01 --name backup --heartbeat nightly-backup',
  ],
)
  .requiredOption('--tenant <id>', 'the tenant that it sends for', nameOption)
  .requiredOption('--name <text>', 'what it is for', nameOption)
  .option(
    '--scope <name>',
    'a stream it may send into, or heartbeats for all of these; repeatable (default: all streams)',
    scopeOption,
  )
  .option('--heartbeat <id>', 'a heartbeat it may ping; repeatable', heartbeatOption)
  .option('--expires-days <days>', 'how many days it is valid (default: for ever)', daysOption)
  .action((options: Wish) =>
    answer(options, async (screen) => {
      const made = await atPlace(options, ['ops'], (place) => create(place, options));
      // Standard output is the key and nothing else, for $(…).
      if (process.stderr.isTTY)
        screen.say(
          `for tenant ${options.tenant}, ${many(scopesOf(options).length, 'scope')}; it is not shown again`,
        );
      return made;
    }),
  );

const listCommand = command('list', 'List API keys, never their text.', [
  'api-key list',
  'api-key list --tenant t01 --json',
])
  .option('--tenant <id>', 'one tenant (default: every tenant)', nameOption)
  .action((options: Options & { readonly tenant?: string }) =>
    answer(options, () => atPlace(options, ['ops'], (place) => list(place, options.tenant))),
  );

const revokeCommand = command('revoke', 'Revoke an API key, at once and for ever.', [
  'api-key revoke 0123456789abcdef --tenant t01',
])
  .argument('<id>', 'as api-key list shows it', nameOption)
  .requiredOption('--tenant <id>', 'the tenant that it sends for', nameOption)
  .action((id: string, options: Options & { readonly tenant: string }) =>
    answer(options, () => atPlace(options, ['ops'], (place) => revoke(place, options.tenant, id))),
  );

/** `api-key`: the keys with which machines of a tenant send data in. */
export const apiKeyCommand = new Command('api-key')
  .description('Make, list and revoke the keys with which machines of a tenant send data in.')
  .addCommand(createCommand)
  .addCommand(listCommand)
  .addCommand(revokeCommand);
