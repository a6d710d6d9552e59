import { parseDocument } from 'yaml';

/**
 * Parses a YAML or JSON document to plain data, with merge keys (`<<`) applied; null when it is empty.
 * @throws Error with a one-line message, also for aliases that are recursive or expand without limit.
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
