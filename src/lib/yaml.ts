import { parseDocument } from 'yaml';

/**
 * The content of a YAML or JSON document as plain data, with merge keys (`<<`) applied; null when it is empty.
 * @throws Error whose message is one line, also for aliases that refer to themselves or expand without bound.
 */
export function parseYaml(text: string): unknown {
  try {
    const document = parseDocument(text, { logLevel: 'silent', merge: true });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return (document.toJS() as unknown) ?? null;
  } catch (error) {
    throw new Error((error as Error).message.split('\n')[0], { cause: error });
  }
}
