/** What a sink plays. */
export const sinkChannels = ['email', 'sms', 'slack', 'pagerduty', 'webhook'] as const;

/** One of them. */
export type SinkChannel = (typeof sinkChannels)[number];

/** Something that arrived: whom it was for, what it says in a line, the whole of it, and whether its signature holds. */
export type Arrival = {
  readonly channel: SinkChannel;
  readonly at: string;
  readonly to: string;
  readonly title: string;
  readonly text: string;
  /** An e-mail's other part. */
  readonly html: string | null;
  /** webhook-id or dedup_key: by it a receiver knows what it had. */
  readonly key: string | null;
  readonly signature: 'good' | 'bad' | 'unchecked' | null;
  readonly body: unknown;
};

/** A request to the sink. */
export type Arriving = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly at: string;
  /** Signing secret of the webhook at this path, if the sink was told one. */
  readonly secret: string | undefined;
};

/** What it is, and what the real service would answer. */
export type Read = {
  readonly arrival: Arrival;
  readonly answer: { readonly status: number; readonly type: string; readonly body: string };
};
