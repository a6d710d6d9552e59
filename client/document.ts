import type { DocumentNode } from 'graphql';
import { everyFields } from './every-fields.generated.ts';
import { printDocument } from './print-document.ts';

/**
 * Documents as text, and the two changes that make a subscription resumable: the argument `after` from a variable, and
 * `cursor` in the selection. A document that has both is sent unchanged, so that it can be a trusted document.
 */

/** The types that code generators and gql.tada attach to a document. */
export interface DocumentTypes<Data, Variables> {
  readonly __apiType?: (variables: Variables) => Data;
}

/** A document as text, as parsed by `gql`, or as a code generator writes it. The types of the result are inferred. */
export type Document<Data = unknown, Variables = Record<string, unknown>> =
  | string
  | (DocumentTypes<Data, Variables> & (DocumentNode | StringObject));

/** The document strings of GraphQL Code Generator. */
interface StringObject {
  toString(): string;
  charAt(index: number): string;
}

export function textOf(document: Document<unknown, never>): string {
  if (typeof document === 'string') return document;
  // The text in `loc` is older than what Apollo Client and urql have added to the document.
  return 'kind' in document ? printDocument(document) : document.toString();
}

export interface Resumable {
  readonly query: string;
  /** The key of the root field in the result. */
  readonly key: string;
  /** The variable that contains the position. */
  readonly variable: string;
  /** The position that the document itself contains. */
  readonly after: string | null;
  /** The key of the cursor in each event. */
  readonly cursorKey: string;
  /** Whether the client has added the cursor, so that it has to be removed from the result. */
  readonly cursorAdded: boolean;
}

const addedVariable = 'opsgraphAfter';
const addedCursor = 'opsgraphCursor';

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Operation {
  readonly type: string;
  readonly name: string | null;
  /** Positions in the list of tokens. */
  readonly variables: Range | null;
  /** The token before which variable definitions can be added. */
  readonly header: number;
  readonly selection: Range;
}

/** The indexes of two brackets in the list of tokens. */
interface Range {
  readonly open: number;
  readonly close: number;
}

const lexer =
  /"""(?:\\"""|[^])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n\r]*|\.\.\.|[_A-Za-z]\w*|-?\d[\w.+-]*|[!$&()=:@[\]{|}]/g;
const pairs: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' };

/** The type of the operation that a document executes: `query`, `mutation` or `subscription`. */
export function operationType(text: string, operationName?: string | null): string | null {
  return operationIn(tokensOf(text), operationName)?.type ?? null;
}

/**
 * How to resume a subscription. Null: its field is not an EVERY field, or the text is not a document; the server then
 * says what is wrong with it.
 *
 * @throws Error if the field is in a fragment, where its position cannot be read.
 */
export function resumable(text: string, operationName?: string | null): Resumable | null {
  const tokens = tokensOf(text);
  const operation = operationIn(tokens, operationName);
  if (operation?.type !== 'subscription') return null;
  const at = operation.selection.open + 1;
  if (tokens[at]?.text === '...')
    throw new Error(
      'Select the field of a subscription directly, not in a fragment, so that it can be resumed.',
    );
  const key = tokens[at]?.text ?? '';
  const aliased = tokens[at + 1]?.text === ':';
  const nameAt = aliased ? at + 2 : at;
  const field = tokens[nameAt]?.text ?? '';
  const args = tokens[nameAt + 1]?.text === '(' ? rangeAt(tokens, nameAt + 1) : null;
  const given = args === null ? null : argumentIn(tokens, args, 'after');
  if (!everyFields.has(field) && given === null) return null;
  const selection = selectionAfter(tokens, args?.close ?? nameAt, operation.selection.close);
  if (selection === null) return null;
  const edits: Edit[] = [];
  const hasCursor = selectsCursor(tokens, selection);
  if (!hasCursor) edits.push({ at: tokens[selection.open]?.end ?? 0, text: ` ${addedCursor}: cursor ` });
  let variable = addedVariable;
  let after: string | null = null;
  const value = given === null ? undefined : tokens[given + 2];
  if (given !== null && value?.text === '$') {
    variable = tokens[given + 3]?.text ?? '';
  } else {
    edits.push(variableEdit(tokens, operation));
    if (value === undefined) {
      const reference = `after: $${addedVariable}`;
      const end = tokens[nameAt]?.end ?? 0;
      edits.push(
        args === null
          ? { at: end, text: `(${reference})` }
          : { at: tokens[args.open]?.end ?? 0, text: `${reference}, ` },
      );
    } else {
      if (!/^(null$|"(?!""))/.test(value.text)) return null; // not a cursor
      after = JSON.parse(value.text) as string | null;
      edits.push({ at: value.start, until: value.end, text: `$${addedVariable}` });
    }
  }
  const cursorKey = hasCursor ? 'cursor' : addedCursor;
  return { query: edited(text, edits), key, variable, after, cursorKey, cursorAdded: !hasCursor };
}

interface Edit {
  readonly at: number;
  readonly until?: number;
  readonly text: string;
}

function edited(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.at - a.at)
    .reduce(
      (result, edit) => result.slice(0, edit.at) + edit.text + result.slice(edit.until ?? edit.at),
      text,
    );
}

function variableEdit(tokens: readonly Token[], { variables, header }: Operation): Edit {
  const definition = `$${addedVariable}: Cursor`;
  return variables === null
    ? { at: tokens[header]?.start ?? 0, text: `(${definition}) ` }
    : { at: tokens[variables.open]?.end ?? 0, text: `${definition}, ` };
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(lexer)]
    .filter(([token]) => !token.startsWith('#'))
    .map(({ 0: token, index }) => ({ text: token, start: index, end: index + token.length }));
}

/** The operation with the name, or the only one. */
function operationIn(tokens: readonly Token[], name: string | null = null): Operation | null {
  const operations: Operation[] = [];
  for (let at = 0; at < tokens.length;) {
    const type = tokens[at]?.text ?? '';
    const hasName = type !== '{' && /^\w/.test(tokens[at + 1]?.text ?? '');
    const header = type === '{' ? at : at + (hasName ? 2 : 1);
    const variables = type !== 'fragment' && tokens[header]?.text === '(' ? rangeAt(tokens, header) : null;
    const selection = selectionAfter(tokens, variables?.close ?? header - 1, tokens.length);
    if (selection === null) return null;
    if (type !== 'fragment')
      operations.push({
        type: type === '{' ? 'query' : type,
        name: hasName ? (tokens[at + 1]?.text ?? null) : null,
        variables,
        header,
        selection,
      });
    at = selection.close + 1;
  }
  const named = name === null || name === '' ? operations : operations.filter((one) => one.name === name);
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** The first selection set after a token, past arguments and directives. */
function selectionAfter(tokens: readonly Token[], after: number, end: number): Range | null {
  for (let at = after + 1; at < end; at++) {
    const { text = '' } = tokens[at] ?? {};
    if (text === '{') return rangeAt(tokens, at);
    if (text === '}') return null;
    if (text === '(') at = rangeAt(tokens, at)?.close ?? end;
  }
  return null;
}

function rangeAt(tokens: readonly Token[], open: number): Range | null {
  const closing: string[] = [];
  for (let at = open; at < tokens.length; at++) {
    const { text = '' } = tokens[at] ?? {};
    const close = pairs[text];
    if (close !== undefined) closing.push(close);
    else if (text === closing.at(-1)) closing.pop();
    if (closing.length === 0) return { open, close: at };
  }
  return null;
}

/** Index of the name of an argument. */
function argumentIn(tokens: readonly Token[], { open, close }: Range, name: string): number | null {
  for (let at = open + 1; at < close; at++) {
    const { text = '' } = tokens[at] ?? {};
    if (text in pairs) at = rangeAt(tokens, at)?.close ?? close;
    else if (text === name && tokens[at + 1]?.text === ':') return at;
  }
  return null;
}

/** Whether `cursor` is selected under its own name, outside of fragments and without directives. */
function selectsCursor(tokens: readonly Token[], { open, close }: Range): boolean {
  for (let at = open + 1; at < close; at++) {
    const { text = '' } = tokens[at] ?? {};
    if (text in pairs) at = rangeAt(tokens, at)?.close ?? close;
    else if (
      text === 'cursor' &&
      !/^(:|\.\.\.|@|on)$/.test(tokens[at - 1]?.text ?? '') &&
      !/^[:@]$/.test(tokens[at + 1]?.text ?? '')
    )
      return true;
  }
  return false;
}
