import { ratio } from './line.ts';
import { compete, type Cost } from './measure.ts';
import { seriesFromEmails, seriesFromFacts, type Series } from './series.sql.ts';
import type { Question, Stage } from './stage.ts';
import { fill } from './warehouse.ts';

// One read of the facts is shorter than a tick of most clocks.
const factReads = 50;

const shared = (cost: Cost, by: number): Cost => ({
  ...cost,
  cpu: cost.cpu / by,
  wall: cost.wall / by,
});

const read = async (stage: Stage, series: Series) => {
  const { place, ground, repeats } = stage;
  const run = await compete(ground.maintenance, repeats, {
    facts: {
      run: async () => {
        for (let i = 0; i < factReads; i += 1)
          await place.warehouseAdmin.query(seriesFromFacts, series);
      },
    },
    emails: { run: () => place.sourceAdmin.query(seriesFromEmails, series) },
  });
  return { facts: shared(run.facts, factReads), emails: run.emails };
};

/** An anchor for target 4: a series of 90 days of the biggest tenant, from the e-mails and from the facts. */
export const askReads: Question = async (stage) => {
  await fill(stage);
  stage.say('reads: 90-day series');
  const [tenantId = ''] = stage.tenants;
  const campaign = await read(stage, { tenantId, campaignId: `${tenantId}-c0` });
  const tenant = await read(stage, { tenantId, campaignId: null });
  return [
    ratio(
      '90-day series of one campaign: from e-mails / from facts, wall',
      campaign.emails,
      campaign.facts,
      undefined,
      'wall',
    ),
    ratio(
      '90-day series of the biggest tenant: from e-mails / from facts, wall',
      tenant.emails,
      tenant.facts,
      stage.emails >= 10_000_000 ? { least: 500 } : undefined,
      'wall',
    ),
  ];
};
