/** The logical name of a thing of the topology, `send-mail` as `SendMail`: Pulumi knows the resource by it for ever. */
export const logical = (name: string): string =>
  name
    .split(/[-_]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');

/** The name that AWS shows, `rookery-pr-12-aggregate`: the same at every deployment, so that logs and alarms stay found. */
export const physical = (name: string): string =>
  `${$app.name}-${$app.stage}-${name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()}`;
