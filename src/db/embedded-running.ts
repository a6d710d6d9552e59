import { createConnection } from 'node:net';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { embeddedConnection, embeddedPort } from './embedded-connection.ts';

const connectMs = 2_000;

/**
 * The connection settings of the embedded database that another process runs in a directory. Null: none runs. Starts
 * and changes nothing.
 */
export async function runningEmbedded(dataDir: string): Promise<pg.ClientConfig | null> {
  const note = await readFile(join(dataDir, 'lock'), 'utf8').catch(() => '');
  const socketDir = note.split('\n')[1] ?? '';
  if (socketDir === '' || !(await accepts(join(socketDir, `.s.PGSQL.${embeddedPort}`)))) return null;
  return embeddedConnection(socketDir);
}

async function accepts(path: string): Promise<boolean> {
  const socket = createConnection(path);
  socket.setTimeout(connectMs);
  const outcome = new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('timeout', () => resolve(false));
    socket.once('error', () => resolve(false));
  });
  return outcome.finally(() => socket.destroy());
}
