import { isCollection, parse, type CollectionTag, type ScalarTag } from 'yaml';
import * as z from 'zod';

const template = z.object({
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.string()))),
  Conditions: z.record(z.string(), z.unknown()),
  Rules: z.record(
    z.string(),
    z.object({
      RuleCondition: z.unknown(),
      Assertions: z.array(z.object({ Assert: z.unknown(), AssertDescription: z.string() })),
    }),
  ),
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Condition: z.string().optional(), Properties: z.unknown() }),
  ),
});

type Template = z.output<typeof template>;

/** A template of CloudFormation with its parameters put in: what it would make, and why it would refuse to. */
export type Resolved = {
  readonly refusals: readonly string[];
  readonly resources: Readonly<
    Record<string, { readonly type: string; readonly properties: unknown }>
  >;
};

type Call = readonly [name: string, argument: unknown];
type Parameters = Readonly<Record<string, string>>;

const functions = ['Sub', 'GetAtt', 'FindInMap', 'ImportValue', 'Equals', 'Not', 'And'];

// CloudFormation's short forms: `!Sub x` says `Fn::Sub: x`.
const tags = [['!Ref', 'Ref'], ...functions.map((name) => [`!${name}`, `Fn::${name}`])].flatMap(
  ([tag = '', key = '']): (ScalarTag | CollectionTag)[] => [
    { tag, resolve: (text: string) => ({ [key]: text }) },
    {
      tag,
      collection: 'seq',
      resolve: (seq) => ({ [key]: isCollection(seq) ? seq.toJSON() : undefined }),
    },
  ],
);

const callOf = (value: object): Call | undefined => {
  const [only, ...more] = Object.entries(value);
  if (only === undefined || more.length > 0) return undefined;
  return only[0] === 'Ref' || only[0].startsWith('Fn::') ? only : undefined;
};

const listOf = (value: unknown): unknown[] => z.array(z.unknown()).parse(value);

const fill = (text: string, values: Parameters, own: unknown): string => {
  const all = { ...values, ...z.record(z.string(), z.string()).parse(own ?? {}) };
  return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    const value = all[name];
    if (value === undefined) throw new Error(`\${${name}} has no value`);
    return value;
  });
};

const answer = ([name, argument]: Call, all: Template, values: Parameters): unknown => {
  const inner = (one: unknown) => resolve(one, all, values);
  if (name === 'Ref') {
    const asked = String(argument);
    if (asked in values) return values[asked];
    if (asked in all.Resources) return `arn-of-${asked}`;
    throw new Error(`!Ref ${asked}: no such parameter or resource`);
  }
  if (name === 'Fn::Sub') {
    const [text, own] = typeof argument === 'string' ? [argument] : listOf(inner(argument));
    return fill(String(text), values, own);
  }
  if (name === 'Fn::ImportValue') return `import-of-${String(argument)}`;
  const given = listOf(inner(argument));
  if (name === 'Fn::Equals') return given[0] === given[1];
  if (name === 'Fn::Not') return given[0] !== true;
  if (name === 'Fn::And') return given.every((one) => one === true);
  if (name === 'Fn::FindInMap') {
    const [map = '', first = '', second = ''] = given.map(String);
    const found = all.Mappings[map]?.[first]?.[second];
    if (found === undefined) throw new Error(`!FindInMap ${map}.${first}.${second} finds nothing`);
    return found;
  }
  throw new Error(`${name} is not understood here`);
};

const resolve = (value: unknown, all: Template, values: Parameters): unknown => {
  if (Array.isArray(value)) return value.map((one) => resolve(one, all, values));
  if (typeof value !== 'object' || value === null) return value;
  const call = callOf(value);
  if (call !== undefined) return answer(call, all, values);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, resolve(one, all, values)]),
  );
};

/** Puts the parameters of a stack into its template, as CloudFormation would, for the functions that infra/account uses. */
export const resolveTemplate = (text: string, parameters: Parameters): Resolved => {
  const all = template.parse(parse(text, { customTags: tags }));
  const values = {
    'AWS::Region': 'eu-central-1',
    'AWS::AccountId': '111122223333',
    ...parameters,
  };
  const holds = (one: unknown): boolean => resolve(one, all, values) === true;
  return {
    refusals: Object.values(all.Rules)
      .filter((rule) => holds(rule.RuleCondition))
      .flatMap((rule) => rule.Assertions)
      .filter((one) => !holds(one.Assert))
      .map((one) => one.AssertDescription),
    resources: Object.fromEntries(
      Object.entries(all.Resources)
        .filter(([, { Condition: when }]) => when === undefined || holds(all.Conditions[when]))
        .map(([name, { Type, Properties }]) => [
          name,
          { type: Type, properties: resolve(Properties, all, values) },
        ]),
    ),
  };
};
