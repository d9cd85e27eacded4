import { openLate } from './data.sql.ts';
import { emailsSince, lookFromNow } from './dirty-size.sql.ts';
import { floorOfAll } from './floor.sql.ts';
import { cost, type Line } from './line.ts';
import { compete } from './measure.ts';
import type { Question, Stage } from './stage.ts';
import { fill } from './warehouse.ts';
import { look, work } from './work.ts';

const sizes = [1, 100, 1_000, 10_000, 78_000];

// Finds what changed and recomputes its cells, three facts, as the schedule and the queue do.
const refresh = async ({ place }: Stage) => {
  const since = new Date();
  const messages = await look(place);
  await work(place, messages, 'threeFacts');
  return { since, cells: messages.reduce((sum, message) => sum + message.days.length, 0) };
};

/** Target 2, second half: late opens found and recomputed, against three bare GROUP BYs over everything. */
export const askIncremental: Question = async (stage) => {
  const { place, ground, repeats } = stage;
  await fill(stage);
  stage.say('incremental: floor');
  const { floor } = await compete(ground.maintenance, repeats, {
    floor: { run: () => floorOfAll(place.sourceAdmin) },
  });
  const lines: Line[] = [];
  for (const size of sizes) {
    stage.say(`incremental: ${size} changed e-mails`);
    const { ours } = await compete(ground.maintenance, repeats, {
      ours: {
        run: () => refresh(stage),
        prepare: async () => {
          await place.warehouseAdmin.query(lookFromNow, {});
          await place.sourceAdmin.query(openLate, { count: size });
        },
      },
    });
    const [dirty] = await place.warehouseAdmin.query(emailsSince, { since: ours.result.since });
    const emails = dirty?.emails ?? 0;
    const perEmail = ours.cpu / emails / (floor.cpu / stage.emails);
    const name = `${size.toLocaleString('en')} changed e-mail${size === 1 ? '' : 's'}`;
    lines.push({
      name: `${name} found and recomputed, 3 facts / three bare GROUP BYs over everything, CPU`,
      measured: `${ours.result.cells} cells with ${emails.toLocaleString('en')} e-mails; ${cost(ours)} / ${cost(floor)}; ${perEmail.toFixed(1)} × the floor's CPU an e-mail in them`,
      value: ours.cpu / floor.cpu,
      unit: '×',
      bound: undefined,
    });
  }
  return lines;
};
