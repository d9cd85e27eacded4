import { dashboardBody } from './dashboard-body.ts';
import { physical } from './names.ts';
import type { Stage } from './stage.ts';

type Text = $util.Input<string>;

/** The one dashboard of a stage: https://console.aws.amazon.com/cloudwatch/home#dashboards/dashboard/rookery-production */
export const makeDashboard = (
  stage: Stage,
  apiId: Text,
  region: Text,
  alarms: readonly aws.cloudwatch.MetricAlarm[],
): aws.cloudwatch.Dashboard =>
  new aws.cloudwatch.Dashboard('Dashboard', {
    dashboardName: `${$app.name}-${$app.stage}`,
    dashboardBody: $util
      .all([apiId, region, $util.all(alarms.map(({ arn }) => arn))])
      .apply(([api, where, arns]) =>
        JSON.stringify(dashboardBody({ stage, nameOf: physical, region: where, apiId: api }, arns)),
      ),
  });
