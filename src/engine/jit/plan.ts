import type {
  GraphQLAbstractType,
  GraphQLFieldResolver,
  GraphQLLeafType,
  GraphQLObjectType,
  GraphQLResolveInfo,
} from 'graphql';
import type { GraphContext } from '../../graph/context.ts';

/**
 * A compiled selection set (`compiler.ts`). It writes the JSON text of a result by reading properties and calling
 * resolvers, without creating the result as objects. It writes the same text as graphql-js, or declines: on an error, a
 * promise, or a value of the wrong type. graphql-js then executes the document and calls the resolvers again, which is
 * safe because resolvers of queries and subscriptions only read.
 *
 * Plans share the parts that they have in common. A thousand different documents would otherwise be a thousand trees to
 * fetch from memory for each event, and memory access, not computation, is what takes the time.
 */
export type Plan = (root: unknown, context: GraphContext) => string | Declined;

/** Why a plan declined a value. */
export type Declined = typeof asyncResolver | typeof irregular | typeof tooLarge;
/** A resolver returned a promise, and will probably do so for each value. */
export const asyncResolver = Symbol('async resolver');
/** An error, or a value that only graphql-js handles. */
export const irregular = Symbol('irregular');
/** The text has more characters than a response may have bytes. */
export const tooLarge = Symbol('too large');

export type Shape = 'Int' | 'Float' | 'String' | 'Boolean' | 'leaf' | 'list' | 'object' | 'abstract';

/** How a value is written. */
export interface ValuePlan {
  /** Identifies a shared part. */
  readonly id: number;
  readonly shape: Shape;
  readonly nullable: boolean;
  readonly leaf: GraphQLLeafType | null;
  readonly item: ValuePlan | null;
  readonly object: ObjectPlan | null;
  readonly abstract: AbstractPlan | null;
  readonly info: GraphQLResolveInfo;
  /** Maximum number of characters of a response. */
  readonly charsMax: number;
}

/** How the value of a field is read and written. */
export interface FieldPlan {
  readonly id: number;
  /** The text of a value that is known at compile time. */
  readonly constant: string | null;
  readonly property: string;
  readonly resolve: GraphQLFieldResolver<unknown, GraphContext> | null;
  readonly args: Record<string, unknown>;
  readonly value: ValuePlan;
  /** Of a leaf: the last value if it is a primitive, the time if it is a date, and its text. */
  lastValue: unknown;
  lastTime: number;
  lastText: string;
}

export interface ObjectPlan {
  readonly id: number;
  readonly type: GraphQLObjectType;
  /** Shared by all plans of the type. */
  readonly checked: CheckedValue;
  /** Alternately the text before a value (comma, key and colon) and its field. */
  readonly parts: readonly (string | FieldPlan)[];
  /** Maximum number of characters of a response. */
  readonly charsMax: number;
  /** Whether only properties are read, so that the same object always gives the same text. */
  readonly plain: boolean;
  /** Of a plain plan: the last object and its text. */
  lastSource: unknown;
  lastText: string;
}

/** The last value that is neither a promise nor an error. Each document that selects it would check it again. */
export interface CheckedValue {
  value: unknown;
}

export interface AbstractPlan {
  readonly type: GraphQLAbstractType;
  /** The plan for an object type. Null: the type is not a member of the abstract type. */
  readonly member: (name: string) => ObjectPlan | null;
}

/** @throws the errors of resolvers. */
export function writeObject(plan: ObjectPlan, source: unknown, context: GraphContext): string | Declined {
  if (plan.plain && plan.lastSource === source) return plan.lastText;
  const { parts } = plan;
  let text = '{';
  for (let at = 0; at < parts.length; at += 2) {
    const written = writeField(parts[at + 1] as FieldPlan, source, context);
    if (typeof written !== 'string') return written;
    text += (parts[at] as string) + written;
  }
  text += '}';
  if (text.length > plan.charsMax) return tooLarge;
  if (plan.plain) {
    plan.lastSource = source;
    plan.lastText = text;
  }
  return text;
}

function writeField(field: FieldPlan, source: unknown, context: GraphContext): string | Declined {
  const { value, resolve, constant } = field;
  if (constant !== null) return constant;
  const resolved =
    resolve !== null
      ? resolve(source, field.args, context, value.info)
      : (source as Record<string, unknown> | null | undefined)?.[field.property];
  if (resolve === null && typeof resolved === 'function') return irregular;
  return value.leaf === null
    ? writeValue(value, resolved, context)
    : writeLeafField(field, resolved, context);
}

/** A value that many documents select is converted to text once. */
function writeLeafField(field: FieldPlan, value: unknown, context: GraphContext): string | Declined {
  const time = typeof value === 'object' && value instanceof Date ? value.getTime() : Number.NaN;
  if (value === field.lastValue || time === field.lastTime) return field.lastText;
  const written = writeValue(field.value, value, context);
  if (typeof written !== 'string') return written;
  field.lastValue = typeof value === 'object' || typeof value === 'function' ? noValue : value;
  field.lastTime = time;
  field.lastText = written;
  return written;
}

/** Marks that there is no last value. Equal to no value. */
export const noValue = Symbol('no value');

function writeValue(plan: ValuePlan, value: unknown, context: GraphContext): string | Declined {
  if (value === null || value === undefined) return plan.nullable ? 'null' : irregular;
  switch (plan.shape) {
    case 'Float':
      return typeof value === 'number' && Number.isFinite(value) ? String(value) : writeLeaf(plan, value);
    case 'Int':
      return typeof value === 'number' && (value | 0) === value ? String(value) : writeLeaf(plan, value);
    case 'String':
      return typeof value === 'string' ? JSON.stringify(value) : writeLeaf(plan, value);
    case 'Boolean':
      return typeof value === 'boolean' ? String(value) : writeLeaf(plan, value);
    case 'leaf':
      return writeLeaf(plan, value);
    case 'list':
      return writeList(plan, value, context);
    case 'object':
      return plan.object === null ? irregular : writeInner(plan, plan.object, value, context);
    case 'abstract':
      return writeMember(plan, value, context);
  }
}

function writeLeaf({ leaf }: ValuePlan, value: unknown): string | Declined {
  if (leaf === null || isThenable(value) || value instanceof Error) return declined(value);
  const serialized: unknown = leaf.serialize(value);
  if (serialized instanceof Date) return `"${serialized.toISOString()}"`; // as JSON.stringify writes it, or throws
  if (serialized === null || serialized === undefined) return irregular;
  const text: string | undefined = JSON.stringify(serialized); // a function or a symbol has no JSON
  return text ?? irregular;
}

function writeList(plan: ValuePlan, value: unknown, context: GraphContext): string | Declined {
  if (!Array.isArray(value) || plan.item === null) return declined(value);
  let text = '[';
  for (let index = 0; index < value.length; index++) {
    const written = writeValue(plan.item, value[index], context);
    if (typeof written !== 'string') return written;
    text += index === 0 ? written : `,${written}`;
    if (text.length > plan.charsMax) return tooLarge;
  }
  return `${text}]`;
}

function writeInner(
  plan: ValuePlan,
  object: ObjectPlan,
  value: unknown,
  context: GraphContext,
): string | Declined {
  const { checked } = object;
  if (checked.value !== value) {
    if (isThenable(value) || value instanceof Error) return declined(value);
    checked.value = value;
  }
  const { isTypeOf } = object.type;
  if (isTypeOf) {
    const isOfType = isTypeOf(value, context, plan.info);
    if (isOfType !== true) return declined(isOfType);
  }
  return writeObject(object, value, context);
}

function writeMember(plan: ValuePlan, value: unknown, context: GraphContext): string | Declined {
  const { abstract } = plan;
  if (abstract === null || isThenable(value) || value instanceof Error) return declined(value);
  const { type, member } = abstract;
  const name = type.resolveType?.(value, context, plan.info, type);
  if (typeof name !== 'string') return declined(name);
  const object = member(name);
  return object === null ? irregular : writeInner(plan, object, value, context);
}

function declined(value: unknown): Declined {
  if (!isThenable(value)) return irregular;
  Promise.resolve(value).catch(() => {}); // graphql-js calls the resolver again and reports its error
  return asyncResolver;
}

function isThenable(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null)?.then === 'function';
}
