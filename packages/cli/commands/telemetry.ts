import { Command, InvalidArgumentError } from 'commander';
import { rejectionsOf, rejectionsOfAll } from '@rookery/telemetry/rejected.sql';
import { answer, atPlace, command, type Answer, type Options } from '../command.ts';
import type { Place } from '../place.ts';
import { many, table } from '../table.ts';

type Wish = Options & {
  readonly tenant?: string;
  readonly days: number;
  readonly limit: number;
};

const dayMs = 86_400_000;
const mostDays = 30;

const wholeOption =
  (most: number) =>
  (text: string): number => {
    const whole = /^\d{1,5}$/.test(text) ? Number(text) : 0;
    if (whole >= 1 && whole <= most) return whole;
    throw new InvalidArgumentError(`Write 1 to ${most}.`);
  };

const next = `What they held is in the dead letters: npm run rookery -- dlq show events
When the tracking plan was wrong, correct and deploy it, then: npm run rookery -- dlq redrive events`;

const rejected = async (place: Place, { tenant, days, limit }: Wish): Promise<Answer> => {
  const since = new Date(Date.now() - days * dayMs);
  const ops = place.db('ops');
  const rows =
    tenant === undefined
      ? await ops.query(rejectionsOfAll, { since, limit })
      : await ops.query(rejectionsOf, { tenantId: tenant, since, limit });
  const all = rows.reduce((sum, row) => sum + row.rejections, 0);
  const text =
    rows.length === 0
      ? `No event was rejected in ${many(days, 'day')}.`
      : [
          table(
            ['tenant', 'event', 'door', 'code', 'events', 'last', 'reason of the last'],
            rows.map((row) => [
              row.tenant_id,
              row.event,
              row.door,
              row.code,
              row.rejections,
              row.last_rejected_at.toISOString().slice(0, 16).replace('T', ' '),
              row.reason,
            ]),
          ),
          `${many(all, 'event')} rejected in ${many(days, 'day')}, each counted once${rows.length === limit ? '; --limit shows more rows' : ''}.`,
          next,
        ].join('\n\n');
  return { data: { since, rejected: rows }, text, ok: true };
};

/** `telemetry`: what became of the events of the product. */
export const telemetryCommand = new Command('telemetry')
  .description('What became of the events of the product.')
  .addCommand(
    command('rejected', 'Events that the tracking plan refused, by reason, the most first.', [
      'telemetry rejected',
      'telemetry rejected --tenant heron --days 1 --json',
    ])
      .option('--tenant <id>', 'only events of this tenant; platform for those without one')
      .option('--days <days>', 'how far back, up to 30', wholeOption(mostDays), 7)
      .option('--limit <rows>', 'rows at most', wholeOption(500), 50)
      .action((wish: Wish) =>
        answer(wish, () => atPlace(wish, ['ops'], (place) => rejected(place, wish))),
      ),
  );
