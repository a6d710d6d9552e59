import { once } from 'node:events';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { certify, hasOpenssl } from '../../test/_util/certificate.ts';
import { silentLog } from '../log/log.ts';
import { followCertificate, readCertificate } from './tls.ts';

if (!hasOpenssl) console.warn('\nSKIPPED: openssl is missing, so no certificate can be created.\n');

async function nameShown(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { CN } = socket.getPeerCertificate().subject;
  socket.destroy();
  return String(CN);
}

test.skipIf(!hasOpenssl)(
  'uses a renewed certificate without a restart, and never an invalid one',
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'opsgraph-tls-'));
    const files = { certFile: join(dir, 'cert.pem'), keyFile: join(dir, 'key.pem') };
    const install = async (name: string): Promise<void> => {
      const { cert, key } = await certify(name);
      for (const [file, text] of [
        [files.keyFile, key],
        [files.certFile, cert],
      ] as const) {
        await writeFile(`${file}.new`, text);
        await rename(`${file}.new`, file);
      }
    };
    await install('first');
    const server = createServer(await readCertificate(files)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const warned: string[] = [];
    const log = { ...silentLog, warn: (_about: object, message: string) => void warned.push(message) };
    const following = followCertificate(files, (renewed) => server.setSecureContext(renewed), log, 20);
    onTestFinished(async () => {
      following[Symbol.dispose]();
      server.close();
      await rm(dir, { recursive: true, force: true });
    });
    expect(await nameShown(port)).toBe('first');
    const whole = await readFile(files.certFile, 'utf8');
    await writeFile(files.certFile, 'no certificate');
    await expect.poll(() => warned.length).toBeGreaterThan(0);
    expect(await nameShown(port)).toBe('first');
    await writeFile(files.certFile, whole);
    await install('second');
    await expect.poll(() => nameShown(port)).toBe('second');
  },
);
