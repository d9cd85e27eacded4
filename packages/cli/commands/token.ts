import { join } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { decodeJwt } from 'jose';
import { roles, type Role } from '@rookery/http/identity';
import { signToken } from '../../../infra/local/issuer.ts';
import { readRuntimeFile } from '../../../infra/local/runtime-file.ts';
import { answer, command, dataDirOf, type Options } from '../command.ts';

type Span = { readonly text: string; readonly seconds: number };
type Wish = Options & {
  readonly tenant: string;
  readonly role: Role;
  readonly subject: string;
  readonly expires: Span;
};

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const longestSeconds = 30 * 86_400;

const spanOption = (text: string): Span => {
  const [, count = '', unit = ''] = /^(\d{1,7})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (unitSeconds[unit] ?? 0);
  if (seconds > 0 && seconds <= longestSeconds) return { text, seconds };
  throw new InvalidArgumentError('Write 90s, 30m, 1h or 7d; at most 30d.');
};

const nameOption = (text: string): string => {
  if (text.trim() !== '' && text.length <= 200 && !/\p{Cc}/u.test(text)) return text;
  throw new InvalidArgumentError('Write 1 to 200 characters, not only white space.');
};

/** Where the key of the npm run dev that is up lies: with --emails it lives one directory deeper. */
export const keyDirOf = (dataDir: string): string => {
  const imported = join(dataDir, 'imported');
  const deeper = readRuntimeFile(dataDir) === undefined && readRuntimeFile(imported) !== undefined;
  return deeper ? imported : dataDir;
};

/** `token`: a token of the laptop's own issuer, for the API of `npm run dev`. */
export const tokenCommand = command(
  'token',
  'Print a token for the API of npm run dev, signed by this laptop’s own issuer. It is worth nothing elsewhere.',
  [
    'token --tenant t01',
    'token --tenant t01 --role tenant-member --subject me --expires 15m',
    'token --tenant t01 --json',
  ],
)
  .requiredOption('--tenant <id>', 'the tenant that its bearer acts in', nameOption)
  .addOption(
    new Option('--role <role>', 'what its bearer is').choices(roles).default('tenant-admin'),
  )
  .option('--subject <name>', 'who its bearer is', nameOption, 'developer')
  .addOption(
    new Option('--expires <span>', 'how long it is valid: 90s, 30m, 1h, 7d')
      .argParser(spanOption)
      .default(spanOption('1h'), '1h'),
  )
  .addHelpText(
    'after',
    `
In a request:
  curl -H "Authorization: Bearer $(npm run --silent rookery -- token --tenant t01)" http://127.0.0.1:8787/…`,
  )
  .action((options: Wish) =>
    answer(options, async (screen) => {
      const { tenant, role, subject, expires } = options;
      const token = await signToken(keyDirOf(dataDirOf(options)), {
        tenantId: tenant,
        role,
        subject,
        expiresInSeconds: expires.seconds,
      });
      const expiresAt = new Date((decodeJwt(token).exp ?? 0) * 1_000).toISOString();
      // In a pipe or $(…) nobody asks; on a terminal a token alone says nothing to its reader.
      if (process.stderr.isTTY)
        screen.say(
          `${role} of tenant ${tenant}, as ${subject}, for ${expires.text}: until ${expiresAt.slice(0, 16).replace('T', ' ')} UTC`,
        );
      const data = {
        token,
        tenant_id: tenant,
        role,
        subject,
        expires_at: expiresAt,
      };
      return { data, text: token, ok: true };
    }),
  );
