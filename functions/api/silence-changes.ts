import { silenceChangeGroup } from '@rookery/http/endpoints/silencing';
import { newId, wayOf } from '@rookery/lambda/editor';
import { writeFunction } from '@rookery/lambda/write';
import { inhibitionKind } from '@rookery/monitoring/notices/inhibition-change';
import { silenceKind, silenceOf, writtenSilence } from '@rookery/monitoring/notices/silence-change';
import { writerOf } from '@rookery/monitoring/settings/writer';

/** POST, PATCH and DELETE /v1/monitoring/silences and …/inhibitions: what keeps people from being told. */
export const handler = writeFunction(silenceChangeGroup, {
  createSilence: ({ body: { id = newId('silence'), ...wish }, ...ask }) =>
    writerOf(wayOf(ask), silenceKind).create(id, (tx) => silenceOf(tx, { ...ask, wish })),
  changeSilence: ({ params, body, ...ask }) =>
    writerOf(wayOf(ask), silenceKind).change(params.silence_id, writtenSilence(body)),
  deleteSilence: ({ params, query, ...ask }) =>
    writerOf(wayOf(ask), silenceKind).remove(params.silence_id, query),
  createInhibition: ({ body: { id = newId('inhibition'), equal = [], ...wish }, ...ask }) =>
    writerOf(wayOf(ask), inhibitionKind).create(id, () => ({ ...wish, equal, managed_by: null })),
  changeInhibition: ({ params, body, ...ask }) =>
    writerOf(wayOf(ask), inhibitionKind).change(params.inhibition_id, body),
  deleteInhibition: ({ params, query, ...ask }) =>
    writerOf(wayOf(ask), inhibitionKind).remove(params.inhibition_id, query),
});
