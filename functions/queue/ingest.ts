import { streamItems } from '@rookery/http/streams/streams';
import { readConfig } from '@rookery/lambda/config';
import { database } from '@rookery/lambda/database';
import { log } from '@rookery/lambda/log';
import { sendRaw } from '@rookery/lambda/outbox';
import { queueFunction } from '@rookery/lambda/queue';
import { ingestMessage } from '@rookery/monitoring/ingest/message';
import { takeMessage } from '@rookery/monitoring/ingest/work';

const healed = (stream: string, partitions: number): void =>
  log('WARN', 'partitions were missing and have been made', { stream, partitions });

/** Writes the items of one message, each once; those that can never be written go to the dead letters with the reason. */
export const handler = queueFunction({
  name: 'ingest',
  schema: ingestMessage,
  deadLetterUrl: () => readConfig(['ingestDlqUrl']).ingestDlqUrl,
  handle: async (message) => {
    const { ingestDlqUrl } = readConfig(['ingestDlqUrl']);
    const place = { ingest: database('ingest'), now: new Date(), healed };
    const { unit, dead } = await takeMessage(streamItems, place, message);
    await sendRaw(ingestDlqUrl, dead);
    return unit;
  },
});
