import { expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import { ListenError } from '../http/listen-error.ts';
import { readConfig } from '../settings.ts';
import { startFailure } from './start-failure.ts';

const { config } = readConfig({ DATA_DIR: '/srv/ops', LEGACY_LISTENERS: 'autoops' }, { cwd: '/' });
const listening = (port: number, code: string) =>
  new ListenError('127.0.0.1', port, Object.assign(new Error(code), { code }));
const embedded = (message: string) => new AppError('DATABASE_UNAVAILABLE', message);

it.each<[Error, RegExp]>([
  [
    listening(9200, 'EADDRINUSE'),
    /^Port 9200 of 127\.0\.0\.1 .*Another program uses it.*set PORT to another port/,
  ],
  [listening(8000, 'EADDRINUSE'), /set LEGACY_LISTENERS to another port/],
  [listening(9200, 'EACCES'), /below 1024 require root/],
  [listening(9200, 'EADDRNOTAVAIL'), /correct HOST/],
  [new Error("ENOENT: no such file or directory, mkdir '/proc/x'"), /Make \/srv\/ops writable/],
  [
    embedded('initdb failed: FATAL:  could not extend file "base/1": wrote only 4096 bytes'),
    /Free disk space/,
  ],
  [embedded('PostgreSQL did not start: FATAL: database files are incompatible with server'), /pg_dump/],
  [embedded('PostgreSQL did not start: could not create shared memory segment'), /limits of the kernel/],
  [embedded('initdb failed: error while loading shared libraries: GLIBC_2.34'), /requires glibc/],
  [
    embedded('The data directory x is in use by another opsgraph. Stop it, or set DATABASE_URL for both.'),
    /^The data directory x is in use by another opsgraph\. Stop it, or set DATABASE_URL for both\.$/,
  ],
])('says what to do after %s', (error, expected) => {
  expect(startFailure(error, config)).toMatch(expected);
});

it('explains a failure of DATABASE_URL without its password', () => {
  const url = 'postgres://ann:hidden@db.example/shop';
  const external = readConfig({ DATABASE_URL: url }, { cwd: '/' }).config;
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  expect(startFailure(refused, external)).toMatch(/^No PostgreSQL accepts connections at db\.example:5432/);
  expect(startFailure(refused, external)).not.toContain('hidden');
});
