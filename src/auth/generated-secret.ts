import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fileName = 'jwt-secret';
const secretBytes = 32;

/**
 * The secret with which this server signs tokens when none is configured. Made once, readable by its owner only; of two
 * processes that make it at the same time both get the same.
 * @throws Error that names the file when it can neither be read nor made.
 */
export async function generatedSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, fileName);
  await mkdir(dataDir, { recursive: true });
  const secret = (await readFile(path, 'utf8').catch(ifMissing)) ?? (await make(path));
  if (secret.trim().length < secretBytes)
    throw new Error(`${path} holds no secret: remove it, and another one is made`);
  return secret.trim();
}

/** Shows the file under its name only when it is whole. */
async function make(path: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(secretBytes).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // somebody else was first
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
