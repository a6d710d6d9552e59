import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import dotenv from 'dotenv';

export interface Environment {
  readonly values: Readonly<Record<string, string>>;
  readonly file: EnvFile;
}

/** What is known of the file `.env` besides its values. */
export interface EnvFile {
  /** The variables that it names. */
  readonly keys: readonly string[];
  /** Lines that set nothing, each a sentence without the content of the line, which may be a secret. */
  readonly errors: readonly string[];
}

const noFile = { values: {}, keys: [], errors: [] };

/** What `dotenv` reads as a variable. It skips everything else without an error. */
const assignment =
  /^\s*(?:export\s+)?[\w.-]+(?:\s*=\s*?|:\s+?)(?:\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?(?:$|$)/gm;

/**
 * The variables of the process, and those of the file `.env` in a directory. A variable of the process takes precedence,
 * even if it is empty.
 */
export function readEnv(
  cwd: string,
  processEnv: Readonly<Record<string, string | undefined>> = process.env,
): Environment {
  const { values: ofFile, ...file } = readDotEnv(join(cwd, '.env'));
  const values: Record<string, string> = { ...ofFile };
  for (const [name, value] of Object.entries(processEnv)) {
    if (value !== undefined) values[name] = value;
  }
  return { values, file };
}

function readDotEnv(path: string): EnvFile & Pick<Environment, 'values'> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return noFile;
    throw new Error(`${path} cannot be read (${code ?? 'unknown reason'})`, { cause: error });
  }
  const values = dotenv.parse(text);
  return { values, keys: Object.keys(values), errors: unreadLines(text) };
}

function unreadLines(text: string): string[] {
  const lineBreaksOf = (assigned: string): string => assigned.replace(/[^\n]/g, '');
  const rest = text.replace(/\r\n?/g, '\n').replace(assignment, lineBreaksOf).split('\n');
  return rest.flatMap((line, index) =>
    line.trim() === '' || line.trim().startsWith('#')
      ? []
      : [`line ${index + 1} of .env is not NAME=value, so it sets nothing`],
  );
}
