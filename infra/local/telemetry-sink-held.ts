/** What the sink of telemetry plays: PostHog, and a log of security events. */
export const telemetryDoors = ['posthog', 'siem', 'query'] as const;

/** One of them. */
export type TelemetryDoor = (typeof telemetryDoors)[number];

/** An event as it arrived. Two of the same `key` are one event to the service that is played. */
export type Arrived = {
  readonly sink: 'posthog' | 'siem';
  readonly key: string;
  readonly id: string;
  readonly event: string;
  readonly tenant: string | null;
  readonly actor: string | null;
  /** When it happened, and when it arrived. */
  readonly time: string;
  readonly at: string;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** An event that is held: how often it was delivered, and whether it was ever another one by the same key. */
export type Held = Arrived & { readonly deliveries: number; readonly changed: boolean };

/** How many events of a name a sink holds, and in how many deliveries they came. */
export type Count = {
  readonly sink: Held['sink'];
  readonly event: string;
  readonly events: number;
  readonly deliveries: number;
};

/** What arrived. */
export type Shelf = {
  readonly take: (arrived: readonly Arrived[]) => void;
  /** Oldest first. */
  readonly all: () => readonly Held[];
  /** By the most frequent first. */
  readonly counts: () => readonly Count[];
};

const said = ({ sink, key, id, event, tenant, actor, time, properties }: Arrived): string =>
  JSON.stringify([sink, key, id, event, tenant, actor, time, properties]);

/** A shelf that holds so many events, the last ones, each once. What it gave up it would take for new. */
export const createShelf = (most: number): Shelf => {
  const held = new Map<string, Held>();
  const put = (arrived: Arrived): void => {
    const place = `${arrived.sink} ${arrived.key}`;
    const before = held.get(place);
    const changed = before !== undefined && (before.changed || said(before) !== said(arrived));
    const deliveries = (before?.deliveries ?? 0) + 1;
    // As PostHog does, the last one counts; it keeps its place in the order.
    held.set(place, { ...arrived, at: before?.at ?? arrived.at, deliveries, changed });
    for (const oldest of held.keys()) {
      if (held.size <= most) break;
      held.delete(oldest);
    }
  };
  return {
    take: (arrived) => {
      for (const one of arrived) put(one);
    },
    all: () => [...held.values()],
    counts: () => {
      const counts = new Map<string, Count>();
      for (const { sink, event, deliveries } of held.values()) {
        const name = `${sink} ${event}`;
        const { events = 0, deliveries: before = 0 } = counts.get(name) ?? {};
        counts.set(name, { sink, event, events: events + 1, deliveries: before + deliveries });
      }
      return [...counts.values()].toSorted((a, b) => b.events - a.events);
    },
  };
};
