import { methodsOf } from '@rookery/http/allow';
import { problemOf } from '@rookery/http/problem';
import { Failure } from '@rookery/kernel/failure';
import { apiFunction } from '@rookery/lambda/api';
import { routes } from '../../infra/topology.ts';

/** Whatever no route takes: 405 with the methods there are where the path exists, else 404. */
export const handler = apiFunction({
  handle: async (request) => {
    const { method, path } = request.event.requestContext.http;
    const allowed = methodsOf(routes, path);
    if (allowed.length === 0)
      throw new Failure('missing', 'route-unknown', `there is no ${path}; GET /docs lists all`);
    const refused = new Failure(
      'invalid',
      'method-not-allowed',
      `${path} takes ${allowed.join(', ')}, not ${method}`,
    );
    const answer = problemOf(refused, request);
    return { ...answer, headers: { ...answer.headers, allow: allowed.join(', ') } };
  },
});
