import { sql } from 'kysely';
import type { Session } from './pool.ts';
import { statement } from './statement.ts';

/** The roles that log in, by name, with the password of each. */
export type Logins = Readonly<Record<string, string>>;

/**
 * Keeps logins for what follows in the transaction. No command takes a role or a password as a parameter, and in its text a
 * password would be read in the log and in the statistics of statements: a setting of the transaction is neither.
 */
export const keepLogins = statement({
  title: 'keep the logins for the rest of the transaction',
  on: 'warehouse',
  columns: { kept: 'bool' },
  example: '{}',
  sql: (json: string) =>
    sql`select set_config('rookery.logins', ${json}, true) is not null as kept`,
});

// One at a time: two that change a role collide. What goes wrong is told anew, because its context shows the command whole.
const forEachLogin = (command: string) =>
  sql`${sql.raw(`do $$
  declare
    login record;
  begin
    perform pg_advisory_xact_lock(hashtextextended('rookery.logins', 0));
    for login in
      select l.key as role, l.value as password
      from jsonb_each_text(coalesce(nullif(current_setting('rookery.logins', true), ''), '{}')::jsonb) l order by l.key
    loop
      begin
        ${command}
      exception when others or query_canceled then
        raise exception 'role %: %', login.role, sqlerrm using errcode = sqlstate;
      end;
    end loop;
  end $$`)}`;

/**
 * Makes the roles that are missing, each with a password from the first moment: Neon refuses the commit that makes one without
 * (https://github.com/logto-io/logto/issues/4535), though it never logs in, as rookery_owner.
 */
export const makeRoles = statement({
  title: 'make the roles that are missing, with a password each',
  on: 'warehouse',
  columns: {},
  example: undefined,
  sql: () =>
    forEachLogin(`
        if to_regrole('rookery_owner') is null then
          execute format('create role rookery_owner nologin password %L', gen_random_uuid()::text || gen_random_uuid());
        end if;
        if to_regrole(login.role) is null then
          execute format('create role %I login password %L', login.role, login.password);
        end if;`),
});

/**
 * Lets each role log in with its password. In plain text, because Neon does not take a hashed one (docs/manage/roles): its
 * compute tells the control plane of both when the transaction commits. Postgres keeps a SCRAM verifier of it only.
 */
export const giveLogins = statement({
  title: 'let each role log in with its password',
  on: 'warehouse',
  columns: {},
  example: undefined,
  sql: () =>
    forEachLogin(`execute format('alter role %I login password %L', login.role, login.password);`),
});

/** Does one of the two above with these logins, in a transaction. */
export const withLogins = async (
  tx: Session,
  logins: Logins,
  command: typeof makeRoles | typeof giveLogins,
): Promise<void> => {
  await tx.query(keepLogins, JSON.stringify(logins));
  await tx.query(command, undefined);
};
