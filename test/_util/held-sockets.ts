import { readFile } from 'node:fs/promises';

const listening = '0A';

/**
 * How many connections of a port of this machine a process still has a descriptor for, on the side of the server; 0
 * where the system does not tell.
 */
export async function heldSockets(port: number): Promise<number> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')),
  );
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return tables
    .flatMap((table) => table.trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, local = '', , state, , , , , , inode]) =>
        local.endsWith(suffix) && state !== listening && inode !== '0',
    ).length;
}
