import { legalHoldEndpoints } from '@rookery/http/endpoints/legal-holds';
import { readFunction } from '@rookery/lambda/read';
import { holdsPage } from '@rookery/monitoring/retention/hold';

/** GET /v1/legal-holds: what is kept whatever the policies say. */
export const handler = readFunction(legalHoldEndpoints, { listLegalHolds: holdsPage });
