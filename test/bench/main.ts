import { parseArgs } from 'node:util';
import { Failure } from '@rookery/kernel/failure';
import { dataSize, days, serverVersion } from './data.sql.ts';
import { writeSection } from './document.ts';
import type { Line } from './line.ts';
import { openGround } from './place.ts';
import { askAlerts } from './question-alerts.ts';
import { askApi } from './question-api.ts';
import { askAudit, askAuditLog } from './question-audit.ts';
import { askBackfill } from './question-backfill.ts';
import { askCold } from './question-cold.ts';
import { askAgain, askDay } from './question-day.ts';
import { askHistory } from './question-history.ts';
import { askIncremental } from './question-incremental.ts';
import { askMonitoring } from './question-monitoring.ts';
import { askReads } from './question-reads.ts';
import { askStart } from './question-start.ts';
import { askTelemetry } from './question-telemetry.ts';
import { asSection, asText, type Circumstances } from './report.ts';
import { setStage, type Question, type Stage } from './stage.ts';

// In this order: the backfill fills the warehouse for the others, the incremental run changes the source.
const questions: Record<string, Question> = {
  backfill: askBackfill,
  day: askDay,
  again: askAgain,
  reads: askReads,
  api: askApi,
  history: askHistory,
  incremental: askIncremental,
  monitoring: askMonitoring,
  alerts: askAlerts,
  telemetry: askTelemetry,
  audit: askAudit,
  'audit-log': askAuditLog,
  start: askStart,
  cold: askCold,
};

const usage = `npm run bench -- [--emails 1000000] [--only ${Object.keys(questions).join(',')}] [--data directory] [--write]

  --emails  how many e-mails to make (1000000)
  --only    some questions, separated by commas
  --data    keep Postgres and its e-mails in this directory, and find them there the next time
  --write   put the table into docs/performance.md`;

const { values } = parseArgs({
  options: {
    emails: { type: 'string', default: '1000000' },
    only: { type: 'string' },
    data: { type: 'string' },
    write: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const emails = Number(values.emails);
const asked = values.only?.split(',') ?? Object.keys(questions);
const unknown = asked.filter((name) => questions[name] === undefined);

const began = performance.now();
const say = (progress: string): void => {
  console.error(`${((performance.now() - began) / 1_000).toFixed(1).padStart(7)} s  ${progress}`);
};

const count = (n: number): string => n.toLocaleString('en');

const describe = async ({ place, ground, tenants }: Stage): Promise<Circumstances> => {
  const [size] = await place.sourceAdmin.query(dataSize, {});
  const [server] = await ground.maintenance.query(serverVersion, {});
  if (size === undefined || server === undefined)
    throw new Failure('unavailable', 'server-silent', 'the server did not answer');
  return {
    date: new Date().toISOString().slice(0, 10),
    emails,
    postgres: server.version,
    data: `${count(size.emails)} e-mails of ${tenants.length} tenants over ${days} days in ${count(size.campaigns)} campaigns, ${count(size.mailboxes)} mailboxes and ${count(size.leads)} leads; the e-mails take ${Math.round(size.bytes / 2 ** 20)} MiB without indexes.`,
  };
};

const run = async (): Promise<void> => {
  const ground = await openGround(values.data);
  // Postgres is a process group of its own and would outlive us.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void ground.stop().finally(() => process.exit(130)));
  try {
    const stage = await setStage(ground, emails, say);
    const circumstances = await describe(stage);
    const lines: Line[] = [];
    for (const name of asked) {
      const answers = (await questions[name]?.(stage)) ?? [];
      console.log(asText(answers));
      lines.push(...answers);
      // After each question: a long run that is cut short leaves what it knows.
      if (values.write) {
        const section = asSection(circumstances, lines, values.only);
        await writeSection(emails, section, values.only);
      }
    }
    await stage.place.close();
  } finally {
    await ground.stop();
  }
};

if (values.help || unknown.length > 0 || !Number.isInteger(emails) || emails < 10_000) {
  console.error(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  await run();
}
