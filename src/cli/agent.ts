import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runAgent, type AgentOptions } from '../agent/agent.ts';
import { readEnv } from '../config/env.ts';
import { headerValue, integer, serverUrl } from '../config/parsers.ts';
import { isLoopback } from '../lib/loopback.ts';
import { openLog, type FlushableLog } from '../log/log.ts';

/** The command `opsgraph agent` samples the machine that it runs on and sends the samples to a server. */

const usage = `Usage: opsgraph agent --to <url> [options]

Samples processors, memory, disk, network, temperature and NVIDIA GPUs of this machine, and sends the samples to an
opsgraph server, whose query \`hosts\` then lists this machine. While the server cannot be reached, samples are kept on
disk and sent later, also after a restart of the agent.

  --to <url>             address of the server: https://opsgraph.example.com
  --token <token>        credential with the capability write; other users of this machine can see it in the list of
                         processes, so use the variable OPSGRAPH_TOKEN or --token-file instead
  --token-file <file>    file with the credential, which is read for each request
  --ca-file <file>       PEM file with the authorities that signed the certificate of the server
  --host-id <id>         id of this machine; default: its hostname
  --interval <seconds>   time between two samples, 1 to 3600; default: 10
  --buffer <MiB>         limit on the samples that wait to be sent, in memory and on disk, 1 to 1024; default: 16
  --buffer-hours <n>     limit on their age in hours, 1 to 8760; default: 168
  --buffer-dir <dir>     directory for them; default: agent in DATA_DIR, or data/agent. If nothing can be written to it,
                         they are kept in memory only
  --disk-path <path>     a path on the file system whose usage is reported; default: /
  --no-gpus              do not monitor GPUs
  --no-temperature       do not read temperature sensors
  --help                 prints this text and exits

Where the server requires signed requests, the variable REQUEST_SIGNING_SECRET has its secret.
`;

class UsageError extends Error {}

const log = openLog({ level: 'INFO' });
try {
  const options = await optionsOf(process.argv.slice(2), log);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  log.info(
    { server: options.url.origin, hostId: options.hostId, intervalMs: options.intervalMs },
    'the agent samples this host',
  );
  await runAgent(options, stopping.signal);
  await log.flush();
} catch (error) {
  await log.flush();
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(error instanceof UsageError ? `${message}\n\n${usage}` : `${message}\n`);
  process.exitCode = 1;
}

async function optionsOf(args: string[], log: FlushableLog): Promise<AgentOptions> {
  const values = parsed(args);
  if (values.help) {
    process.stdout.write(usage);
    process.exit(0);
  }
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

function parsed(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        to: { type: 'string' },
        token: { type: 'string' },
        'token-file': { type: 'string' },
        'ca-file': { type: 'string' },
        'host-id': { type: 'string' },
        interval: { type: 'string', default: '10' },
        buffer: { type: 'string', default: '16' },
        'buffer-hours': { type: 'string', default: '168' },
        'buffer-dir': { type: 'string' },
        'disk-path': { type: 'string', default: '/' },
        'no-gpus': { type: 'boolean', default: false },
        'no-temperature': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}
