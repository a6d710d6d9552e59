import { Kind, parse, print, type DocumentNode, type GraphQLSchema } from 'graphql';
import { Operations } from './documents.ts';
import { RequestError } from './operation.ts';

/** What an operator has listed. */
export interface Manifest {
  /** As the operator knows it, for messages. */
  readonly file: string;
  /** By the ids that clients send. */
  readonly documents: ReadonlyMap<string, string>;
}

const idCharsShown = 100;

/** The documents that clients may have executed where the operator has listed them; by id, or by their text. */
export class TrustedDocuments {
  readonly #byId: ReadonlyMap<string, string>;
  /** As they are printed, so that layout does not matter. */
  readonly #printed: ReadonlySet<string>;

  /** @throws Error with every document that the schema cannot answer. */
  constructor({ file, documents }: Manifest, schema: GraphQLSchema) {
    const operations = new Operations(schema, { introspection: false });
    const mistakes = [...documents].flatMap(([id, text]) =>
      mistakesIn(text, operations).map((mistake) => `${id.slice(0, idCharsShown)} in ${file}: ${mistake}`),
    );
    if (mistakes.length > 0) throw new Error(['trusted documents have mistakes:', ...mistakes].join('\n- '));
    this.#byId = documents;
    this.#printed = new Set([...documents.values()].map((text) => print(parse(text))));
  }

  /** The text of a document; null when there is none. Clients may say which kind of hash its id is. */
  find(id: string): string | null {
    return this.#byId.get(id) ?? this.#byId.get(id.replace(/^sha256:/, '')) ?? null;
  }

  includes(document: DocumentNode): boolean {
    return this.#printed.has(print(document));
  }
}

function mistakesIn(query: string, operations: Operations): string[] {
  try {
    for (const operationName of namesIn(query)) operations.prepare({ query, operationName });
    return [];
  } catch (error) {
    return error instanceof RequestError
      ? error.errors.map(({ message }) => message)
      : [(error as Error).message];
  }
}

/** The names of its operations; null: the only one. */
function namesIn(text: string): (string | null)[] {
  const operations = parse(text).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operations.length < 2) return [null];
  return operations.map((one) => ('name' in one ? (one.name?.value ?? null) : null));
}
