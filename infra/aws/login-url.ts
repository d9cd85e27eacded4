/** Where somebody logs in, as Neon tells it. */
export type Login = {
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly database: string;
};

// What is empty where Neon has none of it, and what to look at then.
const lacking = {
  user: 'the owner of its first database',
  password: 'a password (does the project keep passwords, and is it the owner of a database?)',
  host: 'a compute (has the branch one?)',
  database: 'a database',
} as const satisfies Record<keyof Login, string>;

/**
 * The URL of a login. Fails when a part of it is empty: the provider of Neon says so of what it could not find, and of a
 * password that it was refused, and fails at neither (kislerdm/neon 0.13, data sources of a project and of a password).
 */
export const loginUrl = (login: Login): string => {
  const missing = (Object.keys(lacking) as (keyof Login)[]).filter((part) => login[part] === '');
  if (missing.length > 0)
    throw new Error(
      `Neon gives no ${missing.map((part) => lacking[part]).join(', no ')} for ${login.user || 'anybody'}: look at ` +
        'NEON_PROJECT_ID and at the branch in the console of Neon, and whether NEON_API_KEY may read both',
    );
  const [user, password, database] = [login.user, login.password, login.database].map((part) =>
    encodeURIComponent(part),
  );
  return `postgresql://${user}:${password}@${login.host}/${database}?sslmode=require`;
};
