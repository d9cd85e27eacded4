import { examined, type Checked, type SmokeCheck } from './smoke-check.ts';
import { corsChecks } from './smoke-cors.ts';
import { doorChecks } from './smoke-doors.ts';
import { functionChecks } from './smoke-functions.ts';
import { openapiChecks } from './smoke-openapi.ts';
import { publicChecks } from './smoke-public.ts';
import { readChecks } from './smoke-reads.ts';
import type { Stage } from './smoke-stage.ts';
import { streamChecks } from './smoke-streams.ts';
import { writeChecks } from './smoke-write.ts';

/** Every check of a stage, in the order in which they are made. */
export const smokeChecks: readonly SmokeCheck[] = [
  ...publicChecks,
  ...openapiChecks,
  ...corsChecks,
  ...doorChecks,
  ...readChecks,
  ...functionChecks,
  ...streamChecks,
  ...writeChecks,
];

/**
 * Makes every check of a stage, one after the other, and tells each as soon as it is made. Where there is no stage, the rest is
 * skipped.
 */
export const smoke = async (
  stage: Stage,
  tell: (checked: Checked) => void = () => {},
): Promise<readonly Checked[]> => {
  const all: Checked[] = [];
  for (const check of smokeChecks) {
    const stranger = all[0]?.stranger;
    const checked: Checked =
      stranger === undefined
        ? await examined(check, stage)
        : { check: check.name, verdict: 'skipped', ms: 0, found: stranger };
    all.push(checked);
    tell(checked);
  }
  return all;
};
