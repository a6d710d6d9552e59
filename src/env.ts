import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import dotenv from 'dotenv';

/**
 * Gathers the variables that `config.ts` gives a meaning: those of `.env` in the working directory, overruled by the
 * process's own, also where these are empty. Nothing else reads the environment.
 */
export function readEnv(
  cwd: string,
  processEnv: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const env = readDotEnv(join(cwd, '.env'));
  for (const [name, value] of Object.entries(processEnv)) {
    if (value !== undefined) env[name] = value;
  }
  return env;
}

function readDotEnv(path: string): Record<string, string> {
  try {
    return dotenv.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return {};
    throw new Error(`${path} cannot be read (${code ?? 'unknown reason'})`, { cause: error });
  }
}
