import { columns, rows, type Widget } from './dashboard-grid.ts';
import { api, database, jobs, waiting, type Shown } from './dashboard-panels.ts';

/** The dashboard of a stage, as CloudWatch takes it: what is wrong on top, then who asks, what is done, what waits, and where. */
export const dashboardBody = (
  shown: Shown,
  alarms: readonly string[],
): {
  readonly start: string;
  readonly periodOverride: string;
  readonly widgets: readonly Widget[];
} => ({
  start: '-PT12H',
  periodOverride: 'inherit',
  widgets: rows([
    {
      height: 7,
      panels: [
        {
          type: 'alarm',
          width: columns,
          properties: { title: `Alarms of ${shown.stage.name}`, alarms: [...alarms] },
        },
      ],
    },
    { title: 'API', height: 6, panels: api(shown) },
    { title: 'Jobs', height: 6, panels: jobs(shown) },
    { title: 'Queues', height: 6, panels: waiting(shown) },
    { title: 'Database and figures', height: 6, panels: database(shown) },
  ]),
});
