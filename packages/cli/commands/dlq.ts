import { confirm, isCancel } from '@clack/prompts';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Command, InvalidArgumentError } from 'commander';
import { Failure } from '@rookery/kernel/failure';
import { answer, command, dataDirOf, type Answer, type Options } from '../command.ts';
import { depthOf, readLetters, redriveLetters, type Letter } from '../dead-letters.ts';
import { queuesOf, type Pair } from '../queues.ts';
import type { Screen } from '../screen.ts';
import { many, shown, table } from '../table.ts';

const withQueues = (
  options: Options,
  name: string | undefined,
  work: (client: SQSClient, pairs: readonly Pair[], screen: Screen) => Promise<Answer>,
): Promise<void> =>
  answer(options, async (screen) => {
    const pairs = queuesOf(dataDirOf(options), name);
    const client = new SQSClient({});
    try {
      return await work(client, pairs, screen);
    } finally {
      client.destroy();
    }
  });

const limitOption = (text: string): number => {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new InvalidArgumentError('A limit is a whole number above 0.');
};

const letterText = (letter: Letter): string =>
  [
    `${letter.queue}-dlq ${letter.message_id}`,
    `  sent      ${letter.sent_at ?? '–'}, received ${letter.receives} times`,
    `  failed    ${letter.failed_at ?? '– (given up after too many tries; the log has the reason)'}`,
    `  reason    ${letter.code === null ? '–' : `${letter.code}: ${letter.reason ?? ''}`}`,
    `  body      ${letter.body}`,
  ].join('\n');

const ls = command('ls', 'How many messages each queue and its dead-letter queue hold.', [
  'dlq ls',
  'dlq ls aggregate --json',
])
  .argument('[queue]', 'one queue by its name (default: all)')
  .action((name: string | undefined, options: Options) =>
    withQueues(options, name, async (client, pairs) => {
      const queues = await Promise.all(pairs.map((pair) => depthOf(client, pair)));
      const text = table(
        ['queue', 'waiting', 'in flight', 'dead'],
        queues.map((depth) => Object.values(depth)),
      );
      return { data: { queues }, text, ok: true };
    }),
  );

const show = command('show', 'Dead letters with their reason; they stay where they are.', [
  'dlq show',
  'dlq show aggregate --limit 5',
])
  .argument('[queue]', 'one queue by its name (default: all)')
  .option('--limit <count>', 'at most so many of each queue', limitOption, 20)
  .action((name: string | undefined, options: Options & { readonly limit: number }) =>
    withQueues(options, name, async (client, pairs) => {
      // Beside each other: each waits a second before it knows that there are no more.
      const read = await Promise.all(pairs.map((pair) => readLetters(client, pair, options.limit)));
      const letters = read.flat();
      const text = letters.length === 0 ? 'no dead letters' : letters.map(letterText).join('\n\n');
      return { data: { letters }, text, ok: true };
    }),
  );

type Redrive = Options & { readonly only?: string; readonly yes?: boolean };

const agreed = async ({ json, yes, only }: Redrive, dead: number): Promise<boolean> => {
  const asked = process.stdin.isTTY && process.stderr.isTTY && json !== true && yes !== true;
  if (!asked || only !== undefined || dead === 0) return true;
  const said = await confirm({
    message: `Move ${many(dead, 'dead letter')} back?`,
    output: process.stderr,
  });
  return !isCancel(said) && said;
};

const redrive = command(
  'redrive',
  'Move dead letters back to their queue. Each is sent before it is deleted, so none is lost; one that still cannot succeed comes back.',
  ['dlq redrive', 'dlq redrive aggregate --yes', 'dlq redrive aggregate --only 5f0c7f1e-…'],
)
  .argument('[queue]', 'one queue by its name (default: all)')
  .option('--only <message-id>', 'one letter, by the id that dlq show prints')
  .option('--yes', 'do not ask')
  .action((name: string | undefined, options: Redrive) =>
    withQueues(options, name, async (client, pairs, screen) => {
      const depths = await Promise.all(pairs.map((pair) => depthOf(client, pair)));
      const dead = depths.reduce((sum, depth) => sum + depth.dead, 0);
      if (!(await agreed(options, dead)))
        return { data: { moved: [] }, text: 'nothing was moved', ok: true };
      const moved: { queue: string; message_id: string }[] = [];
      const step = screen.step('moving');
      for (const pair of pairs) {
        const before = moved.length;
        const ids = await redriveLetters(client, pair, options.only, (count) => {
          step.update(`${pair.name}: ${shown(count)}`, (before + count) / Math.max(1, dead));
        });
        moved.push(...ids.map((id) => ({ queue: pair.name, message_id: id })));
        if (options.only !== undefined && moved.length > 0) break;
      }
      step.done();
      if (options.only !== undefined && moved.length === 0)
        throw new Failure(
          'missing',
          'letter-missing',
          `no dead letter ${options.only}; it may be in somebody's hands: try again in a minute`,
        );
      return {
        data: { moved },
        text: `moved ${shown(moved.length)} of ${many(dead, 'dead letter')}`,
        ok: true,
      };
    }),
  );

/** `dlq`: looks at dead letters and moves them back. */
export const dlqCommand = new Command('dlq')
  .description('Dead letters: messages that could not be worked off.')
  .addCommand(ls)
  .addCommand(show)
  .addCommand(redrive);
