import { mailboxEndpoints } from '@rookery/http/endpoints/mailboxes';
import { readFunction } from '@rookery/lambda/read';
import { asked, bucketed, listed, ranged } from '@rookery/warehouse/reports/ask';
import { mailboxHealthOf } from '@rookery/warehouse/reports/health';
import { mailboxList, mailboxOf, mailboxSeriesOf } from '@rookery/warehouse/reports/mailbox';

/** GET /v1/mailboxes…: a list, one, one bucket by bucket, and its health explained. */
export const handler = readFunction(mailboxEndpoints, {
  listMailboxes: (session, ask) => {
    const { mailbox_id: ids, warmup_status, domain_id } = ask.query;
    return mailboxList(session, listed(ask, ids, { warmup_status, domain_id }));
  },
  getMailbox: (session, ask) => mailboxOf(session, ask.params.mailbox_id, ranged(ask)),
  getMailboxSeries: (session, ask) =>
    mailboxSeriesOf(session, ask.params.mailbox_id, bucketed(ask)),
  getMailboxHealth: (session, ask) =>
    mailboxHealthOf(session, {
      tenantId: ask.tenantId,
      mailboxId: ask.params.mailbox_id,
      day: ask.query.day ?? null,
      range: asked(ask, 'day'),
    }),
});
