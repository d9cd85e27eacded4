/** What is known of the device of a user. */
export type Device = {
  readonly device_type?: string | undefined;
  readonly browser?: string | undefined;
  readonly os?: string | undefined;
  readonly ip_address?: string | undefined;
};

/** An item of `sessions` as its schema lets it through. */
export type SessionItem = Device & {
  readonly event: 'start' | 'end';
  readonly time: string;
  readonly session_id: string;
  readonly user_id: string;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
};

/** Something seen of a session: its start, its end or an activity; metadata are those of the session. */
export type Sighting = Device & {
  readonly session_id: string;
  readonly user_id: string;
  readonly time: string;
  readonly event: 'start' | 'end' | 'page-view' | 'action' | 'feature-use';
  readonly metadata?: unknown;
};
