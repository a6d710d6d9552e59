import { startServer } from '../main.ts';
import { readProcessConfig } from '../settings.ts';

/** The command `opsgraph start`. */
export async function start({ check }: { readonly check: boolean }): Promise<number | void> {
  const read = readProcessConfig();
  if (!check) return startServer(read);
  const lines = read.warnings.map((warning) => `Warning: ${warning}`);
  process.stdout.write([...lines, 'The configuration is valid.', ''].join('\n'));
  return 0;
}
