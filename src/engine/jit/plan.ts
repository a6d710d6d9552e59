import type {
  GraphQLAbstractType,
  GraphQLFieldResolver,
  GraphQLLeafType,
  GraphQLObjectType,
  GraphQLResolveInfo,
} from 'graphql';
import type { GraphContext } from '../../graph/context.ts';

/**
 * A selection, compiled once (`compile.ts`), that turns a value into the JSON text of its result by reading properties
 * and calling resolvers, without building the result. It answers what graphql-js answers, or it declines: an error, a
 * promise, a value that does not fit its type, and it is graphql-js that says what comes of that. Resolvers are then
 * called again, which is harmless, because resolvers of queries and subscriptions only read.
 *
 * The parts of plans are shared by all documents that have them in common. A thousand different documents would
 * otherwise be a thousand trees to fetch from memory for each event, and that, not the work, is what takes the time.
 */
export type Plan = (root: unknown, context: GraphContext) => string | Declined;

/**
 * ASYNC: a resolver answers late, and will do so again. IRREGULAR: something else that only graphql-js knows. TOO_LARGE:
 * the text has more characters than a response may have bytes.
 */
export type Declined = typeof ASYNC | typeof IRREGULAR | typeof TOO_LARGE;
export const ASYNC = Symbol('async');
export const IRREGULAR = Symbol('irregular');
export const TOO_LARGE = Symbol('too large');

export type Shape = 'Int' | 'Float' | 'String' | 'Boolean' | 'leaf' | 'list' | 'object' | 'abstract';

/** What is made of a value. */
export interface ValuePlan {
  /** Equal for parts that are the same. */
  readonly id: number;
  readonly shape: Shape;
  readonly nullable: boolean;
  readonly leaf: GraphQLLeafType | null;
  readonly item: ValuePlan | null;
  readonly object: ObjectPlan | null;
  readonly abstract: AbstractPlan | null;
  readonly info: GraphQLResolveInfo;
  /** Characters of a response at most. */
  readonly charsMax: number;
}

/** How a field's value is found, and what is made of it. */
export interface FieldPlan {
  readonly id: number;
  /** The whole value, where it is known beforehand. */
  readonly fixed: string | null;
  readonly property: string;
  readonly resolve: GraphQLFieldResolver<unknown, GraphContext> | null;
  readonly args: Record<string, unknown>;
  readonly value: ValuePlan;
  /** Of a leaf: what was last made text, unless it was an object; of a date its time; and the text. */
  lastValue: unknown;
  lastTime: number;
  lastText: string;
}

export interface ObjectPlan {
  readonly id: number;
  readonly type: GraphQLObjectType;
  /** Shared by all plans of the type. */
  readonly checked: Checked;
  /** What stands before each value, a comma but for the first and the key, and behind it the field: in pairs. */
  readonly parts: readonly (string | FieldPlan)[];
  /** Characters of a response at most. */
  readonly charsMax: number;
  /** Nothing but properties are read, so that the same object always gives the same text. */
  readonly plain: boolean;
  /** Of a plain one: what it was asked for last, and the answer. */
  lastSource: unknown;
  lastText: string;
}

/** The value that was last seen to be neither a promise nor an error: it comes again with each document. */
export interface Checked {
  value: unknown;
}

export interface AbstractPlan {
  readonly type: GraphQLAbstractType;
  /** The plan for a member of the type; null: there is no such member. */
  readonly member: (name: string) => ObjectPlan | null;
}

/** @throws what resolvers throw. */
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
  if (text.length > plan.charsMax) return TOO_LARGE;
  if (plan.plain) {
    plan.lastSource = source;
    plan.lastText = text;
  }
  return text;
}

function writeField(field: FieldPlan, source: unknown, context: GraphContext): string | Declined {
  const { value, resolve, fixed } = field;
  if (fixed !== null) return fixed;
  const found =
    resolve !== null
      ? resolve(source, field.args, context, value.info)
      : (source as Record<string, unknown> | null | undefined)?.[field.property];
  if (resolve === null && typeof found === 'function') return IRREGULAR;
  return value.leaf === null ? writeValue(value, found, context) : writeLeafField(field, found, context);
}

/** What many documents ask for in one event is made text once. */
function writeLeafField(field: FieldPlan, found: unknown, context: GraphContext): string | Declined {
  const time = typeof found === 'object' && found instanceof Date ? found.getTime() : Number.NaN;
  if (found === field.lastValue || time === field.lastTime) return field.lastText;
  const written = writeValue(field.value, found, context);
  if (typeof written !== 'string') return written;
  field.lastValue = typeof found === 'object' || typeof found === 'function' ? nothing : found;
  field.lastTime = time;
  field.lastText = written;
  return written;
}

/** No value is this one. */
export const nothing = Symbol('nothing');

function writeValue(plan: ValuePlan, value: unknown, context: GraphContext): string | Declined {
  if (value === null || value === undefined) return plan.nullable ? 'null' : IRREGULAR;
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
      return plan.object === null ? IRREGULAR : writeInner(plan, plan.object, value, context);
    case 'abstract':
      return writeMember(plan, value, context);
  }
}

function writeLeaf({ leaf }: ValuePlan, value: unknown): string | Declined {
  if (leaf === null || isThenable(value) || value instanceof Error) return declined(value);
  const serialized: unknown = leaf.serialize(value);
  if (serialized instanceof Date) return `"${serialized.toISOString()}"`; // as JSON has it, or it throws
  if (serialized === null || serialized === undefined) return IRREGULAR;
  const text: string | undefined = JSON.stringify(serialized); // a function or a symbol has no JSON
  return text ?? IRREGULAR;
}

function writeList(plan: ValuePlan, value: unknown, context: GraphContext): string | Declined {
  if (!Array.isArray(value) || plan.item === null) return declined(value);
  let text = '[';
  for (let index = 0; index < value.length; index++) {
    const written = writeValue(plan.item, value[index], context);
    if (typeof written !== 'string') return written;
    text += index === 0 ? written : `,${written}`;
    if (text.length > plan.charsMax) return TOO_LARGE;
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
    const fits = isTypeOf(value, context, plan.info);
    if (fits !== true) return declined(fits);
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
  return object === null ? IRREGULAR : writeInner(plan, object, value, context);
}

function declined(value: unknown): Declined {
  if (!isThenable(value)) return IRREGULAR;
  Promise.resolve(value).catch(() => {}); // graphql-js will ask again, and tell what goes wrong
  return ASYNC;
}

function isThenable(value: unknown): boolean {
  return typeof (value as { then?: unknown } | null)?.then === 'function';
}
