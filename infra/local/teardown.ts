type Stop = () => Promise<void> | void;

/** What was started, in order, so that it can be stopped in the opposite order. */
export type Teardown = {
  /** Remembers how to stop `started`, and returns it. */
  readonly add: <T extends { readonly stop: Stop }>(started: T) => T;
  /** Stops everything, the last first, once; a part that fails to stop does not keep the others running. */
  readonly run: () => Promise<void>;
};

/** An empty teardown. */
export const createTeardown = (): Teardown => {
  const stops: Stop[] = [];
  let done: Promise<void> | undefined;
  const runAll = async (): Promise<void> => {
    const faults: unknown[] = [];
    for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) {
      try {
        await stop();
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, 'not everything stopped in order');
  };
  return {
    add: (started) => {
      stops.push(started.stop);
      return started;
    },
    run: () => (done ??= runAll()),
  };
};

/** Both, side by side; when one fails the other is awaited first, so that nothing starts behind our back. */
export const together = async <A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> => {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
};
