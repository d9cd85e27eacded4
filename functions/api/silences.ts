import { silenceGroup } from '@rookery/http/endpoints/silencing';
import { readFunction } from '@rookery/lambda/read';
import { inhibitionKind } from '@rookery/monitoring/notices/inhibition-change';
import { silenceKind } from '@rookery/monitoring/notices/silence-change';
import { listReader, thingReader } from '@rookery/monitoring/settings/reader';

/** GET /v1/monitoring/silences and …/inhibitions: what keeps people from being told. */
export const handler = readFunction(silenceGroup, {
  listSilences: listReader(silenceKind, ({ state }) => ({ state: state ?? null })),
  getSilence: thingReader(silenceKind, ({ silence_id: id }) => id),
  listInhibitions: listReader(inhibitionKind, () => ({})),
  getInhibition: thingReader(inhibitionKind, ({ inhibition_id: id }) => id),
});
