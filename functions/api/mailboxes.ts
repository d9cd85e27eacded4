import { mailboxEndpoints } from '@rookery/http/endpoints/mailboxes';
import { readFunction } from '@rookery/lambda/read';
import { asked, compared } from '@rookery/warehouse/reports/ask';
import { mailboxHealthOf } from '@rookery/warehouse/reports/health';
import { mailboxList, mailboxOf, mailboxSeriesOf } from '@rookery/warehouse/reports/mailbox';

/** GET /v1/mailboxes…: a list, one, one bucket by bucket, and its health explained. */
export const handler = readFunction(mailboxEndpoints, {
  listMailboxes: (session, { tenantId, query, after }) =>
    mailboxList(session, {
      tenantId,
      page: { sort: query.sort, limit: query.limit, after },
      only: query.mailbox_id ?? null,
      companyIds: query.company_id ?? null,
      domainIds: query.domain_id ?? null,
      statuses: query.status ?? null,
      ...compared(query),
    }),
  getMailbox: (session, { tenantId, params, query }) =>
    mailboxOf(session, params.mailbox_id, { tenantId, ...compared(query) }),
  getMailboxSeries: (session, { tenantId, params, query }) =>
    mailboxSeriesOf(session, params.mailbox_id, {
      tenantId,
      interval: query.interval,
      ...compared(query, query.interval),
    }),
  getMailboxHealth: (session, { tenantId, params: { mailbox_id: mailboxId }, query }) =>
    mailboxHealthOf(session, {
      tenantId,
      mailboxId,
      day: query.day ?? null,
      range: asked(query, 'day'),
    }),
});
