import * as z from 'zod';

const httpsUrl = z.url({ protocol: /^https$/, error: 'is not an https URL' });
const text = z.string().min(1, 'is empty');

// What a stage is told by its environment, or by .env.<stage>, which SST reads. Nothing here is secret.
const settings = z
  .object({
    NEON_PROJECT_ID: text,
    /** The branch that a stage other than production grows from: one without the data of customers. */
    NEON_PARENT_BRANCH_ID: text.optional(),
    TOKEN_ISSUER: httpsUrl,
    TOKEN_AUDIENCE: text,
    TOKEN_JWKS_URL: httpsUrl,
    /** A domain of a zone of Route 53; without it the API answers at the address that the gateway makes up. */
    API_DOMAIN: text.optional(),
    /** Whose domain SES has verified. */
    EMAIL_FROM: z.string().regex(/@[^@\s>]+>?$/, 'is not an e-mail address'),
    /** Who is told by CloudWatch itself, when Rookery cannot. */
    ALARM_EMAIL: z.email('is not an e-mail address').optional(),
    POSTHOG_HOST: httpsUrl,
    EXTERNAL_AGGREGATES: z.enum(['on', 'off'], 'is neither on nor off').default('off'),
    POSTHOG_PROJECT_ID: text.optional(),
    /** An https URL that takes NDJSON with a bearer token; the archive's bucket when it is left out. */
    SIEM_URL: httpsUrl.optional(),
    PROBE_REFERENCES: text.optional(),
    PAGERDUTY_URL: httpsUrl.optional(),
    DASHBOARD_URL: httpsUrl.optional(),
    /** What every role of the stage may do at most: a deployment by a role of infra/account is refused without it. */
    ROLE_BOUNDARY_ARN: text.optional(),
  })
  .refine((all) => all.EXTERNAL_AGGREGATES === 'off' || all.POSTHOG_PROJECT_ID !== undefined, {
    path: ['POSTHOG_PROJECT_ID'],
    error: 'is needed where EXTERNAL_AGGREGATES is on',
  });

/** The settings of a stage. */
export type Settings = z.output<typeof settings>;

/** Reads the settings of a stage; fails before anything is made, naming everything that is missing or wrong at once. */
export const readSettings = (
  stage: { readonly name: string; readonly kind: string },
  env: Readonly<Record<string, string | undefined>>,
): Settings => {
  const parsed = settings.safeParse(env);
  const faults = (parsed.error?.issues ?? []).map(({ path, message }) => {
    const variable = path.join('.');
    return env[variable] === undefined ? `${variable} is not set` : `${variable} ${message}`;
  });
  if (stage.kind !== 'production' && env['NEON_PARENT_BRANCH_ID'] === undefined)
    faults.push('NEON_PARENT_BRANCH_ID is not set');
  if (parsed.data !== undefined && faults.length === 0) return parsed.data;
  throw new Error(
    `stage ${stage.name} cannot be deployed: ${faults.join('; ')}. Write them into .env.${stage.name} (docs/deploy.md)`,
  );
};
