import { parseArgs } from 'node:util';
import { dataSize, serverVersion } from './data.sql.ts';
import { writeSection } from './document.ts';
import type { Line } from './line.ts';
import { openGround } from './place.ts';
import { askBackfill } from './question-backfill.ts';
import { askAgain, askDay } from './question-day.ts';
import { askHistory } from './question-history.ts';
import { askIncremental } from './question-incremental.ts';
import { askReads } from './question-reads.ts';
import { askStart } from './question-start.ts';
import { asSection, asText } from './report.ts';
import { setStage, type Question } from './stage.ts';

// In this order: the backfill fills the warehouse for the others, the incremental run changes the source.
const questions: Record<string, Question> = {
  backfill: askBackfill,
  day: askDay,
  again: askAgain,
  reads: askReads,
  history: askHistory,
  incremental: askIncremental,
  start: askStart,
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

const run = async (): Promise<void> => {
  const ground = await openGround(values.data);
  try {
    const stage = await setStage(ground, emails, say);
    const lines: Line[] = [];
    for (const name of asked) {
      const answers = (await questions[name]?.(stage)) ?? [];
      console.log(asText(answers));
      lines.push(...answers);
    }
    const [size] = await stage.place.sourceAdmin.query(dataSize, {});
    const [server] = await ground.maintenance.query(serverVersion, {});
    await stage.place.close();
    if (!values.write || size === undefined || server === undefined) return;
    const data = `${size.emails.toLocaleString('en')} e-mails of ${stage.tenants.length} tenants over 90 days in ${size.campaigns.toLocaleString('en')} campaigns, ${size.mailboxes.toLocaleString('en')} mailboxes and ${size.leads.toLocaleString('en')} leads; the e-mails take ${Math.round(size.bytes / 2 ** 20)} MiB without indexes.`;
    const date = new Date().toISOString().slice(0, 10);
    await writeSection(emails, asSection({ date, emails, postgres: server.version, data }, lines));
    say('docs/performance.md written');
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
