import { watchFile, unwatchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Log } from '../log/log.ts';

/** A certificate with its chain, and its key, as PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

interface Files {
  readonly certFile: string;
  readonly keyFile: string;
}

/** How often the files are checked. */
const checkMs = 5_000;

/** @throws Error that names the file. */
export async function readCertificate({ certFile, keyFile }: Files): Promise<Certificate> {
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
  return { cert, key };
}

/** Reloads a renewed certificate. An invalid certificate is logged, and the previous one stays in use. */
export function followCertificate(
  files: Files,
  renew: (certificate: Certificate) => void,
  log: Log,
  everyMs = checkMs,
): Disposable {
  async function reload(): Promise<void> {
    try {
      const certificate = await readCertificate(files);
      createSecureContext(certificate); // throws while the new key is not written yet
      renew(certificate);
      log.info({ certFile: files.certFile }, 'reloaded the certificate');
    } catch (error) {
      log.warn(
        { err: error, certFile: files.certFile },
        'the changed certificate is invalid; the previous one stays in use',
      );
    }
  }
  const changed = (): void => void reload();
  const paths = [files.certFile, files.keyFile];
  for (const path of paths) watchFile(path, { interval: everyMs, persistent: false }, changed);
  return {
    [Symbol.dispose]() {
      for (const path of paths) unwatchFile(path, changed);
    },
  };
}
