import { physical } from './names.ts';
import { grantTo } from './policy.ts';
import type { Settings } from './settings.ts';
import type { Stage } from './stage.ts';

type Text = $util.Input<string>;

/**
 * Where alarms tell of themselves, and the one who reads it: only the alarms of this stage may publish there. A preview has none:
 * its alarms are seen on the dashboard. It is not encrypted with a key of KMS, which CloudWatch could not use by itself.
 */
export const makeTopic = (
  stage: Stage,
  { ALARM_EMAIL: endpoint }: Settings,
  at: { readonly region: Text; readonly account: Text },
): $util.Output<string> | undefined => {
  if (stage.kind === 'preview') return undefined;
  const topic = new aws.sns.Topic('AlarmTopic', { name: physical('alarms') });
  const alarms = $interpolate`arn:aws:cloudwatch:${at.region}:${at.account}:alarm:${physical('')}*`;
  new aws.sns.TopicPolicy('AlarmTopicPolicy', {
    arn: topic.arn,
    policy: grantTo('cloudwatch', 'sns:Publish', topic.arn, [alarms]),
  });
  if (endpoint !== undefined)
    new aws.sns.TopicSubscription('AlarmEmail', { topic: topic.arn, protocol: 'email', endpoint });
  return topic.arn;
};
