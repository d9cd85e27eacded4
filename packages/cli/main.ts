import { Command } from 'commander';
import { exitCodeHelp, usageCode } from './command.ts';
import { surviveClosedOutput } from './screen.ts';

// What a command needs is loaded with it alone: all of them together take half a second of CPU more (2026-11).
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  reconcile: async () => (await import('./commands/reconcile.ts')).reconcileCommand,
  backfill: async () => (await import('./commands/backfill.ts')).backfillCommand,
  dlq: async () => (await import('./commands/dlq.ts')).dlqCommand,
  retention: async () => (await import('./commands/retention.ts')).retentionCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  telemetry: async () => (await import('./commands/telemetry.ts')).telemetryCommand,
  'where-does-it-go': async () =>
    (await import('./commands/where-does-it-go.ts')).whereDoesItGoCommand,
  'explain-alert': async () => (await import('./commands/explain-alert.ts')).explainAlertCommand,
  rule: async () => (await import('./commands/rule.ts')).ruleCommand,
  rules: async () => (await import('./commands/rules.ts')).rulesCommand,
  token: async () => (await import('./commands/token.ts')).tokenCommand,
  'api-key': async () => (await import('./commands/api-key.ts')).apiKeyCommand,
  cost: async () => (await import('./commands/cost.ts')).costCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand,
  docs: async () => (await import('./commands/docs.ts')).docsCommand,
  smoke: async () => (await import('./commands/smoke.ts')).smokeCommand,
};

const asked = process.argv[2] ?? '';
const loaded = Object.entries(commands).filter(
  ([name]) => name === asked || !Object.hasOwn(commands, asked),
);

const program = new Command('rookery')
  .description('Operates Rookery: the warehouse of per-tenant daily aggregates.')
  .addHelpText(
    'after',
    `
Where it works: on the databases and queues of the environment (SOURCE_DATABASE_URL, DATABASE_URL_ETL,
DATABASE_URL_OPS, DATABASE_URL_API, MIGRATION_DATABASE_URL, AGGREGATE_QUEUE_URL …), else on those of a running
npm run dev, else on the data that npm run dev has left, whose Postgres it starts meanwhile.

Examples:
  npm run rookery -- doctor
  npm run rookery -- reconcile --json
  npm run rookery -- backfill --help
${exitCodeHelp}`,
  );

for (const [, load] of loaded) program.addCommand(await load());

surviveClosedOutput();

const strict = (command: Command): void => {
  command.exitOverride();
  for (const child of command.commands) strict(child);
};
strict(program);

try {
  await program.parseAsync();
} catch (error) {
  const code = usageCode(error);
  if (code === undefined) throw error;
  process.exitCode = code;
}
