import { SQSClient } from '@aws-sdk/client-sqs';
import { answer, atPlace, command, dataDirOf, type Options } from '../command.ts';
import { depthOf } from '../dead-letters.ts';
import { checkLines, examine, ok, type Check } from '../check.ts';
import type { Place } from '../place.ts';
import { findQueues } from '../queues.ts';
import { auditChecks } from '../doctor-audit.ts';
import { monitoringChecks } from '../doctor-monitoring.ts';
import { sourceChecks } from '../doctor-source.ts';
import { queueCheck, telemetryChecks } from '../doctor-telemetry.ts';
import { nodeCheck, warehouseChecks } from '../doctor-warehouse.ts';

const queueChecks = (from: Place['from'], dataDir: string): Promise<readonly Check[]> =>
  examine('queues', async () => {
    // The queues of a laptop say nothing about databases elsewhere.
    const pairs = findQueues(from === 'environment' ? undefined : dataDir);
    if (pairs === undefined)
      return [
        from === 'environment'
          ? ok('queues', 'not looked at: no queue URL is set')
          : ok('queues', 'not running: npm run dev starts them here'),
      ];
    const client = new SQSClient({});
    try {
      const depths = await Promise.all(pairs.map((pair) => depthOf(client, pair)));
      return depths.map(queueCheck);
    } finally {
      client.destroy();
    }
  });

/** `doctor`: looks at everything that has to be right, and says what to do about what is not. */
export const doctorCommand = command(
  'doctor',
  'Look at Node, Postgres, roles, isolation, partitions, rollups, events, the audit, the source contract, clocks and queues, and say what to do.',
  ['doctor', 'doctor --json'],
).action((options: Options) =>
  answer(options, (screen) =>
    atPlace(options, [], async (place) => {
      const step = screen.step('examining');
      const checks = [
        nodeCheck(process.versions.node),
        ...(await warehouseChecks(place)),
        ...(await monitoringChecks(place)),
        ...(await telemetryChecks(place)),
        ...(await auditChecks(place, options)),
        ...(await sourceChecks(place)),
        ...(await queueChecks(place.from, dataDirOf(options))),
      ];
      step.done();
      const sick = checks.filter(({ verdict }) => verdict === 'fail').length;
      const verdict = sick === 0 ? 'healthy' : `${sick} of ${checks.length} checks failed`;
      return {
        data: { healthy: sick === 0, checks },
        text: `${checkLines(checks)}\n\n${verdict}`,
        ok: sick === 0,
      };
    }),
  ),
);
