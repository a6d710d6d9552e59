import { watchFile, unwatchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Log } from '../log/log.ts';

/** A certificate with its chain, and its key: PEM texts. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

interface Files {
  readonly certFile: string;
  readonly keyFile: string;
}

/** How often the files are looked at. */
const lookMs = 5_000;

/** @throws Error that names the file. */
export async function readCertificate({ certFile, keyFile }: Files): Promise<Certificate> {
  const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
  return { cert, key };
}

/** Takes up a certificate that was renewed. One that does not do is logged, and the one before stays. */
export function followCertificate(
  files: Files,
  renew: (certificate: Certificate) => void,
  log: Log,
  everyMs = lookMs,
): Disposable {
  async function look(): Promise<void> {
    try {
      const certificate = await readCertificate(files);
      createSecureContext(certificate); // the key may not be written yet, and then it does not fit
      renew(certificate);
      log.info({ certFile: files.certFile }, 'took up another certificate');
    } catch (error) {
      log.warn(
        { err: error, certFile: files.certFile },
        'the changed certificate cannot be used; the old one stays',
      );
    }
  }
  const changed = (): void => void look();
  const paths = [files.certFile, files.keyFile];
  for (const path of paths) watchFile(path, { interval: everyMs, persistent: false }, changed);
  return {
    [Symbol.dispose]() {
      for (const path of paths) unwatchFile(path, changed);
    },
  };
}
