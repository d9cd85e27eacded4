/** A resource as a stage's program registers it: Pulumi's type, its logical name, and what it is made of. */
export type Resource = {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The id and the ARN that others see of it. */
  readonly id: string;
  readonly arn: string;
  /** Kept by `protect` or `retainOnDelete`, when the program says so of this resource. */
  readonly isProtected: boolean;
  readonly isRetained: boolean;
  /** The resources that the cloud is asked for before this one, as `type::name`. */
  readonly after: readonly string[];
};

/** A function as SST had it built: where it came from, and how big it became. */
export type Build = {
  readonly functionId: string;
  readonly handler: string;
  readonly runtime: string;
  /** The handler file, relative to the checkout. */
  readonly source: string;
  /** The bundle, and its size gzipped in bytes; undefined where nothing was bundled. */
  readonly file: string | undefined;
  readonly gzipped: number | undefined;
};

/** Everything a stage consists of, and what its program gives back. */
export type Graph = {
  readonly app: {
    readonly name: string;
    readonly stage: string;
    readonly removal: string;
    readonly protect: boolean;
    readonly providers: Readonly<Record<string, unknown>>;
  };
  readonly builds: readonly Build[];
  readonly resources: readonly Resource[];
  readonly outputs: unknown;
  /** Functions of providers that were called and that the stand-in for the cloud does not know. */
  readonly unknownCalls: readonly string[];
};

/** A change of one file's text before the program is run, to see that a rule notices. */
export type Mutation = { readonly file: string; readonly from: string; readonly to: string };
