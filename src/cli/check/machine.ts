import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { constants } from 'node:fs';
import { access, readFile, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { childEnvironment } from '../../lib/child-environment.ts';
import type { Config } from '../../settings.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

const dayMs = 86_400_000;
const expiresSoonDays = 14;
const freeAdvisedBytes = 1024 ** 3;
const toolTimeoutMs = 10_000;

/** Directories, disk space, the certificate, and the tool that reads GPUs. */
export async function checkMachine(config: Config): Promise<Finding[]> {
  const parts = await Promise.all([
    checkDirectory('data directory', config.database.dataDir, {
      required: config.database.url === null,
      variable: 'DATA_DIR',
    }),
    config.log.dir === null
      ? [ok('log file', 'off (LOG_TO_FILE=false)')]
      : checkDirectory('log file', config.log.dir, { required: config.log.dirRequired, variable: 'LOG_DIR' }),
    checkSpace(config),
    config.listen.tls === null ? [] : checkCertificate(config.listen.tls.certFile),
    checkGpus(config.features.ENABLE_GPU_MONITORING),
  ]);
  return parts.flat();
}

/** The deepest directory above a path that exists. */
async function existing(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found !== null || at === dirname(at)) return at;
  }
}

async function checkDirectory(
  name: string,
  path: string,
  { required, variable }: { readonly required: boolean; readonly variable: string },
): Promise<Finding[]> {
  const at = await existing(path);
  try {
    if (!(await stat(at)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    await access(at, constants.W_OK | constants.X_OK);
    return [ok(name, at === path ? `${path} can be written to` : `${path} does not exist; start creates it`)];
  } catch (error) {
    const found = `${at} cannot be written to (${(error as NodeJS.ErrnoException).code})`;
    const todo = `Run as the user that owns it, or set ${variable} to another directory.`;
    return [required ? failed(name, found, todo) : warning(name, found, todo)];
  }
}

async function checkSpace({ database: { url, dataDir } }: Config): Promise<Finding[]> {
  if (url !== null) return [];
  const at = await existing(dataDir);
  const { bavail, bsize } = await statfs(at);
  const free = bavail * bsize;
  const found = `${(free / 1024 ** 3).toFixed(1)} GiB free for ${dataDir}`;
  return [
    free < freeAdvisedBytes
      ? warning(
          'disk space',
          found,
          'Free disk space, or set DATA_DIR to another disk: the database stops when it is full.',
        )
      : ok('disk space', found),
  ];
}

async function checkCertificate(file: string): Promise<Finding[]> {
  const todo = 'Renew the certificate and replace TLS_CERT_FILE; the server reloads it.';
  try {
    const { validTo, subject, subjectAltName } = new X509Certificate(await readFile(file));
    const name = subjectAltName ?? subject;
    const days = Math.floor((new Date(validTo).getTime() - Date.now()) / dayMs);
    if (days < 0) return [failed('certificate', `${name} expired on ${validTo}`, todo)];
    if (days < expiresSoonDays) return [warning('certificate', `${name} expires in ${days} days`, todo)];
    return [ok('certificate', `${name}, valid for ${days} days`)];
  } catch (error) {
    return [
      failed(
        'certificate',
        `${file} is not a certificate (${(error as Error).message})`,
        'Set TLS_CERT_FILE to a PEM file.',
      ),
    ];
  }
}

async function checkGpus(enabled: boolean): Promise<Finding[]> {
  if (!enabled) return [ok('GPUs', 'not monitored (ENABLE_GPU_MONITORING=false)')];
  try {
    const { stdout } = await promisify(execFile)(
      'nvidia-smi',
      ['--query-gpu=name', '--format=csv,noheader'],
      {
        env: childEnvironment(),
        timeout: toolTimeoutMs,
      },
    );
    const gpus = stdout.trim().split('\n').filter(Boolean);
    return [ok('GPUs', `${gpus.length} found by nvidia-smi: ${[...new Set(gpus)].join(', ')}`)];
  } catch (error) {
    const { code, stderr = '' } = error as NodeJS.ErrnoException & { stderr?: string };
    const found =
      code === 'ENOENT'
        ? 'nvidia-smi was not found'
        : `nvidia-smi failed: ${stderr.trim().split('\n')[0] ?? ''}`;
    return [
      warning(
        'GPUs',
        found,
        'Install the NVIDIA driver (in a container: its runtime), or set ENABLE_GPU_MONITORING=false.',
      ),
    ];
  }
}
