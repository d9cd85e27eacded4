import { Command } from 'commander';
import { exitCodeHelp, usageCode } from './command.ts';
import { apiKeyCommand } from './commands/api-key.ts';
import { backfillCommand } from './commands/backfill.ts';
import { dlqCommand } from './commands/dlq.ts';
import { docsCommand } from './commands/docs.ts';
import { doctorCommand } from './commands/doctor.ts';
import { explainAlertCommand } from './commands/explain-alert.ts';
import { importCommand } from './commands/import.ts';
import { migrateCommand } from './commands/migrate.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { retentionCommand } from './commands/retention.ts';
import { ruleCommand } from './commands/rule.ts';
import { rulesCommand } from './commands/rules.ts';
import { tokenCommand } from './commands/token.ts';
import { surviveClosedOutput } from './screen.ts';

const program = new Command('rookery')
  .description('Operates Rookery: the warehouse of per-tenant daily aggregates.')
  .addCommand(doctorCommand)
  .addCommand(reconcileCommand)
  .addCommand(backfillCommand)
  .addCommand(dlqCommand)
  .addCommand(retentionCommand)
  .addCommand(explainAlertCommand)
  .addCommand(ruleCommand)
  .addCommand(rulesCommand)
  .addCommand(tokenCommand)
  .addCommand(apiKeyCommand)
  .addCommand(importCommand)
  .addCommand(migrateCommand)
  .addCommand(docsCommand)
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
