import { Kind, parse, print, type DocumentNode, type GraphQLSchema } from 'graphql';
import { Operations } from './documents.ts';
import { RequestError } from './operation.ts';

/** Documents that an operator has listed, or those of the live page. */
export interface Manifest {
  /** Name of the file, for error messages. */
  readonly file: string;
  /** The documents by the ids that clients send. */
  readonly documents: ReadonlyMap<string, string>;
}

const idCharsShown = 100;

/** The documents that clients can execute, by id or by text, if the operator has listed documents. */
export class TrustedDocuments {
  readonly #byId: ReadonlyMap<string, string>;
  /** Printed form, so that differences in layout do not matter. */
  readonly #printed: ReadonlySet<string>;

  /** @throws Error that lists every document that is invalid for the schema. */
  constructor(manifests: readonly Manifest[], schema: GraphQLSchema) {
    const operations = new Operations(schema, { introspection: false });
    const errors = manifests.flatMap(({ file, documents }) =>
      [...documents].flatMap(([id, text]) =>
        errorsIn(text, operations).map((error) => `${id.slice(0, idCharsShown)} in ${file}: ${error}`),
      ),
    );
    if (errors.length > 0) throw new Error(['invalid trusted documents:', ...errors].join('\n- '));
    // An id that several have belongs to the first.
    this.#byId = new Map(manifests.toReversed().flatMap(({ documents }) => [...documents]));
    this.#printed = new Set(
      manifests.flatMap(({ documents }) => [...documents.values()].map((text) => print(parse(text)))),
    );
  }

  /** The text of a document, or null. Clients may prefix the id with the hash algorithm. */
  find(id: string): string | null {
    return this.#byId.get(id) ?? this.#byId.get(id.replace(/^sha256:/, '')) ?? null;
  }

  includes(document: DocumentNode): boolean {
    return this.#printed.has(print(document));
  }
}

function errorsIn(query: string, operations: Operations): string[] {
  try {
    for (const operationName of operationNames(query)) operations.prepare({ query, operationName });
    return [];
  } catch (error) {
    return error instanceof RequestError
      ? error.errors.map(({ message }) => message)
      : [(error as Error).message];
  }
}

/** The names of the operations. Null: a single operation, which needs no name. */
function operationNames(text: string): (string | null)[] {
  const operations = parse(text).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length < 2) return [null];
  return operations.map((one) => ('name' in one ? (one.name?.value ?? null) : null));
}
