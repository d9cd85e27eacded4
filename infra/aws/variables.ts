import {
  queues,
  type FunctionSpec,
  type OwnSetting,
  type QueueName,
  type Role,
  type Use,
} from '../topology.ts';

/** A variable of a function's environment, as packages/lambda/config.ts names them. */
export type Variable =
  | `DATABASE_URL_${Uppercase<Role>}`
  | 'MIGRATION_DATABASE_URL'
  | 'SOURCE_DATABASE_URL'
  | `${Uppercase<QueueName>}_QUEUE_URL`
  | `${Uppercase<QueueName>}_DLQ_URL`
  | 'EVENT_BUS_NAME'
  | 'ARCHIVE_PLACE'
  | 'SIEM_PLACE'
  | 'CHECKPOINT_PLACE'
  | 'SIGN_KEY'
  | 'SEAL_KEY'
  | 'EMAIL_FROM'
  | 'TOKEN_ISSUER'
  | 'TOKEN_AUDIENCE'
  | 'TOKEN_JWKS_URL'
  | OwnSetting;

// Names in capitals stay the literals that they are.
const shout = <const Name extends string>(name: Name) => name.toUpperCase() as Uppercase<Name>;

/** The variable of a role's login. */
export const loginOf = (role: Role): Variable => `DATABASE_URL_${shout(role)}`;

/** The variable of a queue's URL. */
export const queueUrlOf = (name: QueueName): Variable => `${shout(name)}_QUEUE_URL`;

/** The variable of the URL of a queue's dead letters. */
export const deadLetterUrlOf = (name: QueueName): Variable => `${shout(name)}_DLQ_URL`;

const roles = ['etl', 'api', 'ingest', 'ops'] as const satisfies readonly Role[];

const names = Object.keys(queues) as QueueName[];

const queueUses = names.flatMap((name): [Use, readonly Variable[]][] => [
  // Lambda itself receives: the function never learns from where.
  [`consume:${name}`, []],
  [`send:${name}`, [queueUrlOf(name)]],
  [`send:${name}-dlq`, [deadLetterUrlOf(name)]],
]);

type OtherUse = Exclude<
  Use,
  `consume:${QueueName}` | `send:${QueueName}` | `send:${QueueName}-dlq`
>;

const otherUses = {
  'put:events': ['EVENT_BUS_NAME'],
  'write:archive': ['ARCHIVE_PLACE'],
  'write:siem': ['SIEM_PLACE'],
  'write:checkpoints': ['CHECKPOINT_PLACE'],
  'sign:audit': ['SIGN_KEY'],
  'seal:secrets': ['SEAL_KEY'],
  'unseal:secrets': ['SEAL_KEY'],
  'send:email': ['EMAIL_FROM'],
  // A text message has no sender that we could choose.
  'send:sms': [],
  'read:source': ['SOURCE_DATABASE_URL'],
  'verify:token': ['TOKEN_ISSUER', 'TOKEN_AUDIENCE', 'TOKEN_JWKS_URL'],
  // It gives the roles the passwords that the logins of all others have.
  'migrate:warehouse': ['MIGRATION_DATABASE_URL', ...roles.map(loginOf)],
  'read:queues': names.flatMap((name) => [queueUrlOf(name), deadLetterUrlOf(name)]),
} as const satisfies Record<OtherUse, readonly Variable[]>;

const known = new Map<Use, readonly Variable[]>([
  ...queueUses,
  ...(Object.entries(otherUses) as [Use, readonly Variable[]][]),
]);

/**
 * The variables a function finds in its environment, and no others: those of its role, of its uses and its own
 * settings. test/contracts/settings.test.ts holds them against what the code of each function asks for.
 */
export const variablesOf = ({
  database,
  uses,
  settings = [],
}: FunctionSpec): readonly Variable[] => {
  const login = database === undefined ? [] : [loginOf(database)];
  const used = uses.flatMap((use) => known.get(use) ?? []);
  return [...new Set([...login, ...used, ...settings])].toSorted();
};
