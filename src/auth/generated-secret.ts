import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../lib/make-directory.ts';

const fileName = 'jwt-secret';
const secretBytes = 32;

/**
 * The secret with which this server signs tokens when none is configured. Created once, readable by its owner only. Two
 * processes that create it concurrently get the same secret.
 * @throws Error that names the file when it can neither be read nor created.
 */
export async function generatedSecret(dataDir: string): Promise<string> {
  const stored = await storedSecret(dataDir);
  if (stored !== null) return stored;
  makeDirectory(dataDir);
  return checked(await make(secretPath(dataDir)), dataDir);
}

/** The stored secret; null when there is none. @throws Error as above. */
export async function storedSecret(dataDir: string): Promise<string | null> {
  const text = await readFile(secretPath(dataDir), 'utf8').catch(ifMissing);
  return text === null ? null : checked(text, dataDir);
}

export function secretPath(dataDir: string): string {
  return join(dataDir, fileName);
}

function checked(text: string, dataDir: string): string {
  const secret = text.trim();
  if (secret.length < secretBytes)
    throw new Error(`${secretPath(dataDir)} contains no secret. Remove it to have a new one generated.`);
  return secret;
}

/** Links the file to its name only after it is complete. */
async function make(path: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(secretBytes).toString('base64url')}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // Another process was first.
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
