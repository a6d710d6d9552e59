/** Where things are kept: a database of the operator's, or an embedded one in the data directory. */
import { resolve } from 'node:path';
import type { Config } from './config.ts';
import { databaseUrl } from './values.ts';
import type { Files } from './listen.ts';
import type { Variables } from './variables.ts';

/** What the driver takes; it ignores any other name, and connects without TLS. */
const tlsParameters = ['ssl', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslnegotiation'];
const tlsModes = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'];
const fileParameters = new Set(['sslrootcert', 'sslcert', 'sslkey']);

export function readDatabase(vars: Variables, files: Files): Config['database'] {
  const url = vars.secret('DATABASE_URL', databaseUrl);
  const listenUrl = vars.secret('DATABASE_LISTEN_URL', databaseUrl);
  if (url !== null) checkTls(vars, 'DATABASE_URL', new URL(url), files);
  if (listenUrl !== null) checkTls(vars, 'DATABASE_LISTEN_URL', new URL(listenUrl), files);
  if (listenUrl !== null && url === null) vars.mistakes.push('DATABASE_LISTEN_URL needs DATABASE_URL');
  const dataDir = vars.text('DATA_DIR');
  return {
    url,
    listenUrl,
    dataDir: resolve(files.cwd, dataDir ?? 'data'),
    dataDirNamed: dataDir !== undefined,
  };
}

function checkTls(vars: Variables, variable: string, { searchParams }: URL, { cwd, readFile }: Files): void {
  const reject = (message: string): void => void vars.mistakes.push(`${variable} ${message}`);
  for (const [name, value] of searchParams) {
    if (name.startsWith('ssl') && !tlsParameters.includes(name))
      reject(`has the parameter ${name}; allowed of TLS: ${tlsParameters.join(', ')}`);
    if (name === 'sslmode' && !tlsModes.includes(value))
      reject(`has sslmode=${JSON.stringify(value)}; allowed: ${tlsModes.join(', ')}`);
    if (!fileParameters.has(name)) continue;
    try {
      readFile(resolve(cwd, value));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown reason';
      reject(`has ${name}=${JSON.stringify(value)}, which cannot be read (${code})`);
    }
  }
}
