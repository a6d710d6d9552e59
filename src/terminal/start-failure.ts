import type { Config } from '../settings.ts';

/** The reason why the server could not start, with what to do. */
export function startFailure(error: unknown, _config: Config): string {
  return error instanceof Error ? error.message : String(error);
}
