import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import dotenv from 'dotenv';

export interface Environment {
  readonly values: Readonly<Record<string, string>>;
  readonly file: EnvFile;
}

/** The file `.env`, without its values. */
export interface EnvFile {
  /** The variables that it names. */
  readonly keys: readonly string[];
  /** Lines that set nothing, each a sentence without the content of the line, which may be a secret. */
  readonly errors: readonly string[];
}

/** The pattern by which `dotenv` finds variables. It skips everything else without an error. */
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
  const text = textOf(join(cwd, '.env'));
  const values = dotenv.parse(text);
  const file = { keys: Object.keys(values), errors: unreadLines(text) };
  for (const [name, value] of Object.entries(processEnv)) if (value !== undefined) values[name] = value;
  return { values, file };
}

/** Empty if the file does not exist. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new Error(`${path} cannot be read (${code})`, { cause: error });
  }
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
