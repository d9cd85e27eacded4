import { admitLines } from './question-telemetry-admit.ts';
import { doorLines } from './question-telemetry-door.ts';
import { posthogLines } from './question-telemetry-posthog.ts';
import type { Question } from './stage.ts';
import { openTelemetryPlace } from './telemetry-place.ts';

/** What an event costs: to be admitted, at the door, and on its way to PostHog. */
export const askTelemetry: Question = async (stage) => {
  const place = await openTelemetryPlace();
  try {
    return [
      ...(await admitLines(stage.say)),
      ...(await doorLines(stage, place)),
      ...(await posthogLines(stage.say, place)),
    ];
  } finally {
    place.close();
  }
};
