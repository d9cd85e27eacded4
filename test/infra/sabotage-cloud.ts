import { another, set, type Sabotage } from './sabotage.ts';

const filter = 'aws:cloudwatch/logMetricFilter:LogMetricFilter';

/** What breaks each rule about what AWS takes of names and lists, of production. */
export const cloud: Readonly<Record<string, Readonly<Record<string, Sabotage>>>> = {
  'route-is-one-the-gateway-knows': {
    'half a segment is a variable': set(
      'route',
      'GetHealthRoute',
      'routeKey',
      'GET /v1/x/{id}.csv',
    ),
    'two take the same': another('route', 'GetStatusTenantRoute', {
      routeKey: 'GET /status/{slug}',
    }),
  },
  'variable-is-free-to-be-set': {
    'it is of Lambda': set('function', 'LeadsFunction', 'environment.variables.AWS_REGION', 'x'),
    'it has a dash': set('function', 'LeadsFunction', 'environment.variables.TOKEN-ISSUER', 'x'),
  },
  'url-within-limits': {
    'for two days': set('url', 'ExportsUrl', 'cors.maxAge', 172_800),
    'it answers OPTIONS': set('url', 'ExportsUrl', 'cors.allowMethods', ['GET', 'OPTIONS']),
  },
  'log-metric-within-limits': {
    'none is nought': set(filter, 'LookJobLag', 'metricTransformation.defaultValue', '0'),
    'its filter is a page': set(filter, 'LookJobLag', 'pattern', 'x'.repeat(1_025)),
  },
  'migration-tells-no-secret': {
    'a URL': set('invocation', 'Migration', 'input', '{"to":"postgresql://u:p@h/d"}'),
  },
};
