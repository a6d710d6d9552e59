import { once } from 'node:events';
import { createServer } from 'node:net';
import { Agent, request } from 'undici';
import { ListenError } from '../../http/listen-error.ts';
import { urlHost } from '../../lib/listener-url.ts';
import type { Config } from '../../settings.ts';
import { listenFailure } from '../../terminal/start-failure.ts';
import { failed, ok, type Finding } from './finding.ts';

const answerMs = 3_000;

/** Whether each port is free, or already served by opsgraph. Opens and closes it. */
export async function checkPorts({ listen, legacyListeners }: Config): Promise<Finding[]> {
  const ports = [
    { name: 'port', port: listen.port },
    ...legacyListeners.map(({ name, port }) => ({ name: `port of ${name}`, port })),
  ];
  const findings: Finding[] = [];
  for (const { name, port } of ports) findings.push(await checkPort(name, port, listen));
  return findings;
}

async function checkPort(
  name: string,
  port: number,
  { host, tls, port: mainPort }: Config['listen'],
): Promise<Finding> {
  if (port === 0) return ok(name, `any free port of ${host}`);
  const error = await opened(host, port);
  if (error === null) return ok(name, `${port} of ${host} is free`);
  if (error.code === 'EADDRINUSE') {
    const running = await versionAt(`${tls === null ? 'http' : 'https'}://${reachableHost(host)}:${port}`);
    if (running !== null) return ok(name, `${port} of ${host} is served by opsgraph ${running}, which runs`);
  }
  const { found, todo } = listenFailure(error, mainPort);
  return failed(name, found, todo);
}

/** Null if the port can be opened. */
async function opened(host: string, port: number): Promise<ListenError | null> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return null;
  } catch (error) {
    return new ListenError(host, port, error as NodeJS.ErrnoException);
  }
}

function reachableHost(host: string): string {
  return urlHost(host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host);
}

/** The version of the opsgraph at an address. Null: another program, or no answer. */
async function versionAt(url: string): Promise<string | null> {
  // The certificate is checked elsewhere.
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  try {
    const { body } = await request(`${url}/openapi.json`, {
      dispatcher,
      signal: AbortSignal.timeout(answerMs),
    });
    const document = (await body.json()) as {
      readonly info?: { readonly title?: unknown; readonly version?: unknown };
    };
    return String(document.info?.title).startsWith('opsgraph') ? String(document.info?.version) : null;
  } catch {
    return null;
  } finally {
    await dispatcher.destroy();
  }
}
