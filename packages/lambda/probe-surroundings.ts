import { exceptionsOf } from '@rookery/outbound/policy';
import { readConfig } from './config.ts';
import { database } from './database.ts';
import { ping } from './ping.sql.ts';
import { depthOf } from './queue-depth.ts';

const askDatabase = async (which: 'warehouse' | 'source'): Promise<void> => {
  await database(which === 'warehouse' ? 'ops' : 'source').query(ping, {});
};

/** What probes need of the world, by the settings of the function. */
export const probeSurroundings = () => {
  const { outboundAllow, probeReferences } = readConfig(['outboundAllow', 'probeReferences']);
  const references = (probeReferences ?? '').split(',').map((each) => each.trim());
  return {
    exceptions: exceptionsOf(outboundAllow),
    references: references.filter((each) => each !== ''),
    askDatabase,
    depthOf,
  };
};
