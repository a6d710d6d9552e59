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
import { limits } from '../../graph/limits.ts';
import { MemoryBudget, memoryBudgetDefault, type Share } from '../../lib/memory-budget.ts';
import { collectFields, fragmentsOf, type Selected } from './collect-fields.ts';
import {
  IRREGULAR,
  nothing,
  writeObject,
  type AbstractPlan,
  type Checked,
  type FieldPlan,
  type ObjectPlan,
  type Plan,
  type Shape,
  type ValuePlan,
} from './plan.ts';

/** What a part takes in memory, about, besides the text that it remembers. */
const partBytes = 400;

/** A part, and how many plans use it. */
interface Counted {
  readonly part: { readonly id: number };
  plans: number;
}

/** A plan, and the way to let go of the parts that no other plan uses. */
export interface Compiled extends Disposable {
  readonly plan: Plan;
}

/** Compiles selections of one schema, and shares between them what they have in common. */
export class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #parts = new Map<string, Counted>();
  readonly #memory: Share;
  readonly #checked = new Map<GraphQLObjectType, Checked>();
  readonly #charsMax: number;
  #id = 0;

  /** @param charsMax characters of a response at most. */
  constructor(
    schema: GraphQLSchema,
    charsMax: number = limits.responseBytesMax,
    memory = new MemoryBudget(memoryBudgetDefault).share('subscriptions'),
  ) {
    this.#schema = schema;
    this.#charsMax = charsMax;
    this.#memory = memory;
  }

  /** Parts that plans in use have in common or to themselves. */
  get parts(): number {
    return this.#parts.size;
  }

  /** null: this document is for graphql-js. @param variables coerced. */
  compile(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ): Compiled | null {
    const type = this.#schema.getRootType(operation.operation);
    if (!type) return null;
    const selected = { schema: this.#schema, fragments: fragmentsOf(document), variables };
    const lease: Lease = { names: new Set(), ended: false };
    let root: ObjectPlan;
    try {
      root = this.#object({ selected, operation, lease }, type, [operation.selectionSet]);
    } catch {
      this.#release(lease);
      return null; // arguments that are not right; graphql-js has the words for it
    }
    const plan: Plan = (value, context) => {
      try {
        const text = writeObject(root, value, context);
        return typeof text === 'string' ? `{"data":${text}}` : text;
      } catch {
        return IRREGULAR; // a resolver failed; graphql-js calls it again and reports the error
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

  #object(asked: Asked, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): ObjectPlan {
    const parts: (string | FieldPlan)[] = [];
    const names: (string | number)[] = [];
    for (const [key, nodes] of collectFields(asked.selected, type, sets)) {
      const field = this.#field(asked, type, nodes);
      const prefix = `${parts.length === 0 ? '' : ','}"${key}":`;
      parts.push(prefix, field);
      names.push(prefix, field.id);
    }
    const fields = parts.filter((part) => typeof part !== 'string');
    return this.#shared(asked, `${type.name}{${names.join('')}}`, (id) => ({
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

  #field(asked: Asked, parentType: GraphQLObjectType, nodes: readonly FieldNode[]): FieldPlan {
    const [node] = nodes;
    const property = node?.name.value ?? '';
    const name = `${parentType.name}.${property}`;
    if (property === '__typename') {
      const value = this.#value(asked, GraphQLString, nodes, unknownInfo);
      const fixed = JSON.stringify(parentType.name);
      return this.#shared(asked, name, (id) => ({
        id,
        fixed,
        property,
        resolve: null,
        args: {},
        value,
        ...unasked,
      }));
    }
    const field = parentType.getFields()[property];
    if (field === undefined || node === undefined) throw new Error(`${property} is not known`);
    const resolve = field.resolve ?? null;
    const args = getArgumentValues(field, node, asked.selected.variables);
    const wantsInfo = resolve !== null && resolve.length > 3;
    const info = wantsInfo ? infoOf(asked, property, nodes, field.type, parentType) : unknownInfo;
    const value = this.#value(asked, field.type, nodes, info);
    const make = (id: number): FieldPlan => ({
      id,
      fixed: null,
      property,
      resolve,
      args,
      value,
      ...unasked,
    });
    // Who else would want its info cannot be known, nor what other than plain arguments mean to a resolver.
    if (wantsInfo || !Object.values(args).every(isPrimitive)) return make(++this.#id);
    return this.#shared(asked, `${name}${JSON.stringify(args)}${value.id}`, make);
  }

  #value(
    asked: Asked,
    type: GraphQLOutputType,
    nodes: readonly FieldNode[],
    info: GraphQLResolveInfo,
  ): ValuePlan {
    const nullable = !isNonNullType(type);
    const inner = getNullableType(type);
    const charsMax = this.#charsMax;
    const known = { nullable, leaf: null, item: null, object: null, abstract: null, info, charsMax };
    const make = (name: string, made: Pick<ValuePlan, 'shape'> & Partial<ValuePlan>): ValuePlan =>
      info === unknownInfo
        ? this.#shared(asked, `${nullable ? '' : '!'}${name}`, (id) => ({ ...known, ...made, id }))
        : { ...known, ...made, id: ++this.#id };
    if (isListType(inner)) {
      const item = this.#value(asked, inner.ofType, nodes, info);
      return make(`[${item.id}]`, { shape: 'list', item });
    }
    if (isLeafType(inner)) return make(`=${inner.name}`, { shape: shapeOf(inner), leaf: inner });
    if (isObjectType(inner)) {
      const object = this.#object(asked, inner, setsOf(nodes));
      return make(`.${object.id}`, { shape: 'object', object });
    }
    const abstract = this.#abstract(asked, inner, nodes);
    return { ...known, shape: 'abstract', abstract, id: ++this.#id };
  }

  /** Plans of an abstract type's members are made as they come. */
  #abstract(asked: Asked, type: GraphQLAbstractType, nodes: readonly FieldNode[]): AbstractPlan {
    const members = new Map<string, ObjectPlan>();
    return {
      type,
      member: (name) => {
        const known = members.get(name);
        if (known !== undefined) return known;
        const member = this.#schema.getType(name);
        if (!isObjectType(member) || !this.#schema.isSubType(type, member)) return null;
        const object = this.#object(asked, member, setsOf(nodes));
        members.set(name, object);
        return object;
      },
    };
  }

  #checkedOf(type: GraphQLObjectType): Checked {
    let checked = this.#checked.get(type);
    if (checked === undefined) this.#checked.set(type, (checked = { value: nothing }));
    return checked;
  }

  #shared<Part extends { readonly id: number }>(
    { lease }: Asked,
    name: string,
    make: (id: number) => Part,
  ): Part {
    if (lease.ended) return make(++this.#id); // of an entry that was still being executed
    let counted = this.#parts.get(name);
    if (counted === undefined) {
      counted = { part: make(++this.#id), plans: 0 };
      this.#parts.set(name, counted);
      this.#memory.adjust(partBytes + 2 * name.length);
    }
    if (!lease.names.has(name)) counted.plans++;
    lease.names.add(name);
    return counted.part as Part; // a name says of which kind a part is
  }
}

/** Of a field that was not yet asked for. */
const unasked = { lastValue: nothing, lastTime: Number.NaN, lastText: '' };

interface Asked {
  readonly selected: Selected;
  readonly operation: OperationDefinitionNode;
  readonly lease: Lease;
}

/** The shared parts that one plan uses, by their names. */
interface Lease {
  readonly names: Set<string>;
  ended: boolean;
}

function isPlain({ fixed, resolve, value }: FieldPlan): boolean {
  return fixed !== null || (resolve === null && isPlainValue(value));
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

/** What a resolver may ask about its field. A plan knows neither path nor root value: who asks is served by graphql-js. */
function infoOf(
  { selected: { schema, fragments, variables }, operation }: Asked,
  fieldName: string,
  fieldNodes: readonly FieldNode[],
  returnType: GraphQLOutputType,
  parentType: GraphQLObjectType,
): GraphQLResolveInfo {
  return withoutAnswer(['path', 'rootValue'], {
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

/** For resolvers that do not name this parameter. One that takes it all the same is served by graphql-js. */
const unknownInfo = withoutAnswer(
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

function withoutAnswer(
  names: readonly (keyof GraphQLResolveInfo)[],
  known: Partial<GraphQLResolveInfo>,
): GraphQLResolveInfo {
  const info = { ...known };
  for (const name of names)
    Object.defineProperty(info, name, {
      get(): never {
        throw new Error(`a plan does not know ${name}`);
      },
    });
  return info as GraphQLResolveInfo;
}
