import { errorPage } from '@rookery/http/error-pages';
import { isProblemCode, problems } from '@rookery/http/problems';
import { Failure } from '@rookery/kernel/failure';
import { apiFunction } from '@rookery/lambda/api';
import { docsAnswer, documentAnswer, errorAnswer } from '@rookery/web/answer';
import document from '../../packages/http/openapi.json' with { type: 'json' };

/** GET /docs, /openapi.json and /docs/errors/{code}: the API explained, for anybody. */
export const handler = apiFunction({
  handle: async ({ event }) => {
    if (event.routeKey === 'GET /docs') return docsAnswer();
    if (event.routeKey === 'GET /openapi.json') return documentAnswer(document);
    const code = event.pathParameters?.['code'] ?? '';
    if (!isProblemCode(code))
      throw new Failure('missing', 'not-found', `there is no error "${code}"; GET /docs lists all`);
    return errorAnswer(problems[code].title, errorPage(code));
  },
});
