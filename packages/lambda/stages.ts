/** Stages of one run: each is tried whether or not those before it failed. */
export type Stages = {
  /** What the stage came to; null when it failed. */
  readonly run: <T>(stage: () => Promise<T>) => Promise<T | null>;
  /** What the run came to; throws instead what the first stage that failed threw. */
  readonly end: <T>(done: T) => T;
};

/** Begins a run in stages that are of use without each other. */
export const openStages = (): Stages => {
  const faults: { readonly error: unknown }[] = [];
  return {
    run: async (stage) => {
      try {
        return await stage();
      } catch (error) {
        faults.push({ error });
        return null;
      }
    },
    end: (done) => {
      const [first] = faults;
      if (first !== undefined) throw first.error;
      return done;
    },
  };
};
