import { productUsageEndpoints } from '@rookery/http/endpoints/product-usage';
import { readFunction } from '@rookery/lambda/read';
import { usageOf } from '@rookery/warehouse/external/usage';

/** GET /v1/product-usage: the aggregates that came back from product analytics. */
export const handler = readFunction(productUsageEndpoints, {
  listProductUsage: (session, ask) => usageOf(session, ask),
});
