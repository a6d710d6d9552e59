import {
  getArgumentValues,
  getNullableType,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  GraphQLString,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../../graph/fragments.ts';
import { limits } from '../../graph/limits.ts';
import { getOrCreate } from '../../lib/get-or-create.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../../lib/memory-budget.ts';
import { collectFields, type SelectionContext } from './collect-fields.ts';
import {
  irregular,
  noValue,
  writeObject,
  type AbstractPlan,
  type CheckedValue,
  type FieldPlan,
  type ObjectPlan,
  type Plan,
  type Shape,
  type ValuePlan,
} from './plan.ts';

/** Approximate size in memory of a part, without its cached text. */
const partBytes = 400;

/** A part, and the number of plans that use it. */
interface SharedPart {
  readonly part: { readonly id: number };
  plans: number;
}

/** A plan. Disposing it drops the parts that no other plan uses. */
export interface Compiled extends Disposable {
  readonly plan: Plan;
}

/** Compiles operations to plans that share their common parts. */
export class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #parts = new Map<string, SharedPart>();
  readonly #memory: Share;
  readonly #checked = new Map<GraphQLObjectType, CheckedValue>();
  readonly #charsMax: number;
  #id = 0;

  /** @param charsMax maximum number of characters of a response. */
  constructor(
    schema: GraphQLSchema,
    charsMax: number = limits.responseBytesMax,
    memory = new MemoryBudget(memoryBudgetDefault).share('subscriptions'),
  ) {
    this.#schema = schema;
    this.#charsMax = charsMax;
    this.#memory = memory;
  }

  /** Number of parts of the plans in use. */
  get parts(): number {
    return this.#parts.size;
  }

  /** Returns null for an operation that graphql-js has to execute. @param variables coerced. */
  compile(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Compiled | null {
    const type = this.#schema.getRootType(operation.operation);
    if (!type) return null;
    const selectionContext = { schema: this.#schema, fragments: fragmentsOf(document), variables };
    const lease: Lease = { names: new Set(), ended: false };
    let root: ObjectPlan;
    try {
      root = this.#object({ selectionContext, operation, lease }, type, [operation.selectionSet]);
    } catch {
      this.#release(lease);
      return null; // invalid arguments, which graphql-js reports
    }
    const plan: Plan = (value, context) => {
      try {
        const text = writeObject(root, value, context);
        return typeof text === 'string' ? `{"data":${text}}` : text;
      } catch {
        return irregular; // graphql-js calls the failed resolver again and reports its error
      }
    };
    return { plan, [Symbol.dispose]: () => this.#release(lease) };
  }

  #release(lease: Lease): void {
    lease.ended = true;
    for (const name of lease.names) {
      const counted = this.#parts.get(name);
      if (counted === undefined || --counted.plans > 0) continue;
      this.#parts.delete(name);
      this.#memory.release(partBytes + 2 * name.length);
    }
    lease.names.clear();
  }

  #object(scope: Scope, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): ObjectPlan {
    const parts: (string | FieldPlan)[] = [];
    const names: (string | number)[] = [];
    for (const [key, nodes] of collectFields(scope.selectionContext, type, sets)) {
      const field = this.#field(scope, type, nodes);
      const prefix = `${parts.length === 0 ? '' : ','}"${key}":`;
      parts.push(prefix, field);
      names.push(prefix, field.id);
    }
    const fields = parts.filter((part) => typeof part !== 'string');
    return this.#shared(scope, `${type.name}{${names.join('')}}`, (id) => ({
      id,
      type,
      checked: this.#checkedOf(type),
      parts,
      charsMax: this.#charsMax,
      plain: !type.isTypeOf && fields.every(isPlain),
      lastSource: null,
      lastText: '',
    }));
  }

  #field(scope: Scope, parentType: GraphQLObjectType, nodes: readonly FieldNode[]): FieldPlan {
    const [node] = nodes;
    const property = node?.name.value ?? '';
    const name = `${parentType.name}.${property}`;
    if (property === '__typename') {
      const value = this.#value(scope, GraphQLString, nodes, noInfo);
      const constant = JSON.stringify(parentType.name);
      return this.#shared(scope, name, (id) => ({
        id,
        constant,
        property,
        resolve: null,
        args: {},
        value,
        ...noCachedText,
      }));
    }
    const field = parentType.getFields()[property];
    if (field === undefined || node === undefined) throw new Error(`unknown field ${name}`);
    const resolve = field.resolve ?? null;
    const args = getArgumentValues(field, node, scope.selectionContext.variables);
    const wantsInfo = resolve !== null && resolve.length > 3;
    const info = wantsInfo ? infoOf(scope, property, nodes, field.type, parentType) : noInfo;
    const value = this.#value(scope, field.type, nodes, info);
    const make = (id: number): FieldPlan => ({
      id,
      constant: null,
      property,
      resolve,
      args,
      value,
      ...noCachedText,
    });
    // Not shared: a part that depends on its document, and one whose arguments are not identified by their JSON text.
    if (wantsInfo || !Object.values(args).every(isPrimitive)) return make(++this.#id);
    return this.#shared(scope, `${name}${JSON.stringify(args)}${value.id}`, make);
  }

  #value(
    scope: Scope,
    type: GraphQLOutputType,
    nodes: readonly FieldNode[],
    info: GraphQLResolveInfo,
  ): ValuePlan {
    const nullable = !isNonNullType(type);
    const inner = getNullableType(type);
    const charsMax = this.#charsMax;
    const common = { nullable, leaf: null, item: null, object: null, abstract: null, info, charsMax };
    const make = (name: string, own: Pick<ValuePlan, 'shape'> & Partial<ValuePlan>): ValuePlan =>
      info === noInfo
        ? this.#shared(scope, `${nullable ? '' : '!'}${name}`, (id) => ({ ...common, ...own, id }))
        : { ...common, ...own, id: ++this.#id };
    if (isListType(inner)) {
      const item = this.#value(scope, inner.ofType, nodes, info);
      return make(`[${item.id}]`, { shape: 'list', item });
    }
    if (isLeafType(inner)) return make(`=${inner.name}`, { shape: shapeOf(inner), leaf: inner });
    if (isObjectType(inner)) {
      const object = this.#object(scope, inner, setsOf(nodes));
      return make(`.${object.id}`, { shape: 'object', object });
    }
    const abstract = this.#abstract(scope, inner, nodes);
    return { ...common, shape: 'abstract', abstract, id: ++this.#id };
  }

  /** The plan for each member of an abstract type is compiled when the first value of that type is written. */
  #abstract(scope: Scope, type: GraphQLAbstractType, nodes: readonly FieldNode[]): AbstractPlan {
    const members = new Map<string, ObjectPlan>();
    return {
      type,
      member: (name) => {
        const known = members.get(name);
        if (known !== undefined) return known;
        const member = this.#schema.getType(name);
        if (!isObjectType(member) || !this.#schema.isSubType(type, member)) return null;
        const object = this.#object(scope, member, setsOf(nodes));
        members.set(name, object);
        return object;
      },
    };
  }

  #checkedOf(type: GraphQLObjectType): CheckedValue {
    return getOrCreate(this.#checked, type, () => ({ value: noValue }));
  }

  #shared<Part extends { readonly id: number }>(
    { lease }: Scope,
    name: string,
    make: (id: number) => Part,
  ): Part {
    if (lease.ended) return make(++this.#id); // a member of an abstract type, compiled after the plan was disposed
    let counted = this.#parts.get(name);
    if (counted === undefined) {
      counted = { part: make(++this.#id), plans: 0 };
      this.#parts.set(name, counted);
      this.#memory.adjust(partBytes + 2 * name.length);
    }
    if (!lease.names.has(name)) counted.plans++;
    lease.names.add(name);
    return counted.part as Part; // the name determines the kind of part
  }
}

/** The cache of a field that has not been written. */
const noCachedText = { lastValue: noValue, lastTime: Number.NaN, lastText: '' };

interface Scope {
  readonly selectionContext: SelectionContext;
  readonly operation: OperationDefinitionNode;
  readonly lease: Lease;
}

/** The names of the shared parts that one plan uses. */
interface Lease {
  readonly names: Set<string>;
  ended: boolean;
}

function isPlain({ constant, resolve, value }: FieldPlan): boolean {
  return constant !== null || (resolve === null && isPlainValue(value));
}

function isPrimitive(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}

function isPlainValue({ leaf, item, object }: ValuePlan): boolean {
  return leaf !== null || (item !== null && isPlainValue(item)) || (object !== null && object.plain);
}

function setsOf(nodes: readonly FieldNode[]): readonly SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
}

function shapeOf(type: GraphQLLeafType): Shape {
  if (type === GraphQLFloat) return 'Float';
  if (type === GraphQLInt) return 'Int';
  if (type === GraphQLString) return 'String';
  return type === GraphQLBoolean ? 'Boolean' : 'leaf';
}

/** The info of a resolver. Reading `path` or `rootValue`, which a plan does not have, makes the plan decline. */
function infoOf(
  { selectionContext: { schema, fragments, variables }, operation }: Scope,
  fieldName: string,
  fieldNodes: readonly FieldNode[],
  returnType: GraphQLOutputType,
  parentType: GraphQLObjectType,
): GraphQLResolveInfo {
  return throwingInfo(['path', 'rootValue'], {
    fieldName,
    fieldNodes,
    returnType,
    parentType,
    schema,
    fragments: Object.fromEntries(fragments),
    operation,
    variableValues: { ...variables },
  });
}

/** The info of resolvers that do not declare this parameter. Reading it makes the plan decline. */
const noInfo = throwingInfo(
  [
    'fieldName',
    'fieldNodes',
    'returnType',
    'parentType',
    'path',
    'schema',
    'fragments',
    'rootValue',
    'operation',
    'variableValues',
  ],
  {},
);

function throwingInfo(
  names: readonly (keyof GraphQLResolveInfo)[],
  known: Partial<GraphQLResolveInfo>,
): GraphQLResolveInfo {
  const info = { ...known };
  for (const name of names)
    Object.defineProperty(info, name, {
      get(): never {
        throw new Error(`a plan has no ${name}`);
      },
    });
  return info as GraphQLResolveInfo;
}
