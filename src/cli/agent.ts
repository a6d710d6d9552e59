import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { runAgent, type AgentOptions } from '../agent/agent.ts';
import { readEnv } from '../config/env.ts';
import { headerValue, integer, serverUrl } from '../config/parsers.ts';
import { isLoopback } from '../lib/loopback.ts';
import { openLog, type FlushableLog } from '../log/log.ts';
import { UsageError } from './command.ts';

interface Values {
  readonly to: string | undefined;
  readonly token: string | undefined;
  readonly 'token-file': string | undefined;
  readonly 'ca-file': string | undefined;
  readonly 'host-id': string | undefined;
  readonly interval: string;
  readonly buffer: string;
  readonly 'buffer-hours': string;
  readonly 'buffer-dir': string | undefined;
  readonly 'disk-path': string;
  readonly 'no-gpus': boolean;
  readonly 'no-temperature': boolean;
}

/** The command `opsgraph agent` samples the machine that it runs on and sends the samples to a server. */
export async function agent(values: Values): Promise<number> {
  const log = openLog({ level: 'INFO' });
  try {
    const options = await optionsOf(values, log);
    const stopping = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
    log.info(
      { server: options.url.origin, hostId: options.hostId, intervalMs: options.intervalMs },
      'the agent samples this host',
    );
    await runAgent(options, stopping.signal);
    return 0;
  } finally {
    await log.flush();
  }
}

async function optionsOf(values: Values, log: FlushableLog): Promise<AgentOptions> {
  const url = new URL(checked('--to', serverUrl, values.to ?? ''));
  const hostId = values['host-id'] ?? hostname();
  if (hostId.length === 0 || hostId.length > 253)
    throw new UsageError('--host-id must be 1 to 253 characters.');
  const { values: environment } = readEnv(process.cwd());
  const token = tokenOf(values['token-file'], values.token, environment['OPSGRAPH_TOKEN']);
  const isOpen = url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, ''));
  if (isOpen && (await token()) !== null)
    log.warn({ server: url.origin }, 'the credential is sent without encryption: use https');
  return {
    url,
    token,
    ca: values['ca-file'] === undefined ? null : await readFile(resolve(values['ca-file']), 'utf8'),
    signingSecret: environment['REQUEST_SIGNING_SECRET'] || null,
    hostId,
    intervalMs: checked('--interval', integer(1, 3_600), values.interval) * 1_000,
    buffer: {
      bytesMax: checked('--buffer', integer(1, 1_024), values.buffer) * 1024 * 1024,
      ageMaxMs: checked('--buffer-hours', integer(1, 8_760), values['buffer-hours']) * 3_600_000,
    },
    bufferDirectory: bufferDirectory(
      values['buffer-dir'] ?? join(environment['DATA_DIR'] || 'data', 'agent'),
      `${url.href} ${hostId}`,
    ),
    diskPath: resolve(values['disk-path']),
    gpus: !values['no-gpus'],
    temperature: !values['no-temperature'],
    log,
  };
}

/** A directory of its own for each server and host, so that samples are never sent to another server. */
function bufferDirectory(parent: string, of: string): string {
  return resolve(parent, createHash('sha256').update(of).digest('hex').slice(0, 16));
}

/** The file comes before the option, and the option before the variable. */
function tokenOf(
  file: string | undefined,
  option: string | undefined,
  variable: string | undefined,
): AgentOptions['token'] {
  if (file !== undefined)
    return async () => checked('--token-file', headerValue, (await readFile(resolve(file), 'utf8')).trim());
  const text = option ?? variable ?? '';
  const token =
    text === '' ? null : checked(option === undefined ? 'OPSGRAPH_TOKEN' : '--token', headerValue, text);
  return () => Promise.resolve(token);
}

interface Type<Value> {
  safeParse(text: string): {
    readonly success: boolean;
    readonly data?: Value;
    readonly error?: { readonly issues: readonly { readonly message: string }[] };
  };
}

function checked<Value>(name: string, type: Type<Value>, text: string): Value {
  const { data, error } = type.safeParse(text);
  if (data === undefined) throw new UsageError(`${name} ${error?.issues[0]?.message ?? 'is invalid'}.`);
  return data;
}
