import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Graph, Resource } from '../../infra/graph/graph.ts';
import { deps } from '../../infra/graph/places.ts';

/** A message of Pulumi's own generated client, of which the tests need this much. */
export type Message = { readonly toObject: () => unknown };
type Answer = (error: Error | null, answer: Message) => void;
type Call = (request: Message, answer: Answer) => void;

/** A client of a policy pack. */
export type Client = Readonly<Record<'analyze' | 'analyzeStack' | 'getAnalyzerInfo', Call>> & {
  readonly close: () => void;
};

type Messages = Readonly<Record<string, new () => Message & Record<string, unknown>>>;

const sign = '4dabf18193072939515e22adb298388d';
const secret = '1b47061264138c4ac30d75fd1eb44270';
const archive = '0def7320c3a5731c473e5ecbe6d01bc7';

// What is secret and what is a file have their own form on the wire, which a graph does without.
const wired = (type: string, properties: object): object => {
  const { environment, source } = properties as { environment?: object; source?: object };
  return {
    ...properties,
    ...(environment && { environment: { [sign]: secret, value: environment } }),
    ...(source && type.startsWith('aws:s3/') && { source: { [sign]: archive, path: './bundle' } }),
  };
};

// What AWS knows by no ARN of its own; the one of an EventTarget is that of what it targets.
const withoutArn =
  /:(Permission|Route|Integration|Authorizer|QueuePolicy|BucketPolicy|BucketPublicAccessBlock|BucketVersioning|EventTarget|FunctionUrl|Invocation|FunctionEventInvokeConfig)$/;

/** The URN of a resource of a graph. */
export const urnOf = ({ app }: Pick<Graph, 'app'>, type: string, name: string): string =>
  `urn:pulumi:${app.stage}::${app.name}::${type}::${name}`;

/** What the cloud made of a resource: what it was asked for, and fields that nobody asked for. */
export const outputsOf = (graph: Graph, { type, inputs, id, arn }: Resource): object => {
  const outputs = type === 'pulumi:pulumi:Stack' ? (graph.outputs as object) : {};
  const named = withoutArn.test(type) ? { id } : { id, arn };
  return { ...named, region: 'eu-central-1', tagsAll: {}, ...inputs, ...outputs };
};

/** What a resource came after. */
export const dependenciesOf = ({ after }: Resource) =>
  after.map((each) => {
    const [type = '', name = ''] = each.split('::');
    return { type, name };
  });

/** The messages of Pulumi's engine to a policy pack, by the code that is generated of its protocol. */
export const loadWire = () => {
  const need = createRequire(join(deps, 'package.json'));
  const proto = need('@pulumi/pulumi/proto/analyzer_pb') as Messages;
  const { AnalyzerClient } = need('@pulumi/pulumi/proto/analyzer_grpc_pb') as {
    AnalyzerClient: new (address: string, credentials: unknown, options: object) => Client;
  };
  const { credentials } = need('@grpc/grpc-js') as {
    credentials: { createInsecure: () => unknown };
  };
  const { Struct } = need('google-protobuf/google/protobuf/struct_pb') as {
    Struct: { fromJavaScript: (value: object) => unknown };
  };
  const { Empty } = need('google-protobuf/google/protobuf/empty_pb') as Messages;

  const messageOf = (name: string, values: Readonly<Record<string, unknown>>): Message => {
    const made = new proto[name]!();
    for (const [property, value] of Object.entries(values))
      (made[`set${property}`] as (value: unknown) => void).call(made, value);
    return made;
  };
  const shown = (graph: Graph, { type, name, isProtected }: Resource, properties: object) => ({
    Type: type,
    Name: name,
    Urn: urnOf(graph, type, name),
    Properties: Struct.fromJavaScript(wired(type, properties)),
    Options: messageOf('AnalyzerResourceOptions', { Protect: isProtected }),
  });
  return {
    nothing: new Empty!() as Message,
    /** A resource on its way to the cloud: what it is made of. */
    coming: (graph: Graph, resource: Resource): Message =>
      messageOf('AnalyzeRequest', shown(graph, resource, resource.inputs)),
    /** All resources at the end. */
    there: (graph: Graph): Message => {
      const ResourcesList = graph.resources.map((resource) =>
        messageOf('AnalyzerResource', {
          ...shown(graph, resource, outputsOf(graph, resource)),
          DependenciesList: dependenciesOf(resource).map(({ type, name }) =>
            urnOf(graph, type, name),
          ),
        }),
      );
      return messageOf('AnalyzeStackRequest', { ResourcesList });
    },
    clientOf: (port: number): Client =>
      new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
        'grpc.max_send_message_length': -1,
      }),
  };
};
