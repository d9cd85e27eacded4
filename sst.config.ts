/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app: async ({ stage }) => (await import('./infra/aws/app.ts')).appOf(stage),
  run: async () => (await import('./infra/aws/stack.ts')).stack(),
});
