import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createTestDatabase } from '../_util/database.ts';
import { buildProgram, emptyFolder, launch, opsgraph, start } from '../_util/process.ts';

/** Starts the program and waits for its end. */
async function failedStart(
  env: Record<string, string>,
  files: Record<string, string> = {},
): Promise<{ code: number; stderr: string; stdout: string }> {
  const dir = await emptyFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(dir, name, '..'), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  const child = launch(dir, env);
  const texts = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (texts.stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (texts.stderr += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, ...texts };
}

describe('a start', () => {
  beforeAll(buildProgram);
  async function run(args: readonly string[], env: Record<string, string> = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [await opsgraph(), ...args], {
      cwd: await emptyFolder(),
      env: { PATH: process.env['PATH'] ?? '', ...env },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  it('prints every setting with --help, and exits', async () => {
    const { status, stdout, stderr } = await run(['start', '--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: .*\n/);
    expect(stdout).toContain('  PORT=9200\n      Main port.');
  });

  it('only reads the configuration with --check', async () => {
    expect(await run(['start', '--check'], { LOGLEVEL: 'INFO' })).toEqual({
      status: 0,
      stdout:
        'Warning: LOGLEVEL is not a known variable and has no effect; did you mean LOG_LEVEL?\nThe configuration is valid.\n',
      stderr: '',
    });
    expect(await run(['start', '--check'], { PORT: 'http' })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'The configuration has 1 error:\n- PORT must be an integer from 0 to 65535, got "http"\n',
    });
  });

  it('rejects an unknown option with the usage', async () => {
    const { status, stderr } = await run(['start', '--chek']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/--chek; did you mean --check\?[^]*Usage: opsgraph start/);
  });

  it('lists the commands with --help and prints its version with --version', async () => {
    const { status, stdout, stderr } = await run(['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: opsgraph <command>[^]*\n {2}start {2,}starts the server\n/);
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('rejects an unknown command and suggests the one that was meant', async () => {
    const { status, stdout, stderr } = await run(['strat']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^Unknown command "strat"; did you mean start\?\n\nUsage: /);
  });

  it('fails with one line when the named log directory cannot be written to', async () => {
    const { code, stderr, stdout } = await failedStart({ LOG_DIR: '/dev/null/logs' });
    expect(stderr).toMatch(
      /^opsgraph could not start: websocket\.log cannot be opened in \/dev\/null\/logs \(ENOTDIR\): .*LOG_DIR.*\n$/,
    );
    expect(stdout).not.toContain('Error');
    expect(code).toBe(1);
  });

  it('names a mistyped variable of .env and ends, with all warnings, without a secret', async () => {
    const env = 'JWT_SECERT=hunter2-hunter2-hunter2-hunter2-hunter2\nCOLOUR=red\nAUTH_REQUIRED true\n';
    const { code, stderr } = await failedStart({ WS_PING_MS: '5' }, { '.env': env });
    expect(code).toBe(1);
    expect(stderr).toBe(
      [
        'The configuration has 2 errors:',
        '- line 3 of .env is not NAME=value, so it sets nothing',
        '- JWT_SECERT in .env is not a known variable, and JWT_SECRET, which it resembles, is not set: correct the name or remove it',
        'Warnings:',
        '- COLOUR in .env is not a known variable and has no effect',
        '- WS_PING_MS is not a known variable and has no effect; did you mean WS_PING_INTERVAL_MS?',
        '',
      ].join('\n'),
    );
  });

  it.skipIf(spawnSync('script', ['--version']).status !== 0)(
    'shows addresses, database, access and warnings as text on a terminal, and stops with Ctrl-C',
    async () => {
      await using database = await createTestDatabase();
      const command = `exec ${process.execPath} ${await opsgraph()} start`;
      const child = spawn('script', ['-qec', command, '/dev/null'], {
        cwd: await emptyFolder(),
        env: {
          PATH: process.env['PATH'] ?? '',
          DATABASE_URL: database.connection,
          OLLAMA_URL: '',
          PORT: '0',
          LOGLEVEL: 'INFO',
        },
      });
      const exited = once(child, 'exit');
      onTestFinished(() => void child.kill('SIGKILL'));
      let text = '';
      let stopping = false;
      for await (const chunk of child.stdout.setEncoding('utf8')) {
        text += String(chunk);
        if (stopping || !text.includes('LOGLEVEL is not a known variable')) continue;
        stopping = true;
        child.stdin.write('\u0003');
      }
      expect(((await exited) as [number])[0]).toBe(0);
      const lines = text.replaceAll('\r', '').replace(/\^C/, '').split('\n');
      const from = lines.findIndex((line) => line.includes('is ready'));
      expect(lines.slice(from, from + 10).join('\n')).toMatch(
        new RegExp(
          [
            '^opsgraph \\d\\S+ is ready \\(\\S+ s\\)',
            '',
            '  Page       http://127\\.0\\.0\\.1:\\d+/',
            '  GraphiQL   http://127\\.0\\.0\\.1:\\d+/graphql',
            '  Endpoints  http://127\\.0\\.0\\.1:\\d+/docs',
            '  Database   postgres\\S+',
            '  Access     programs on this computer, with all rights and without a credential',
            '  Stop       Ctrl-C',
            '',
            '\\S+ WARNING LOGLEVEL is not a known variable and has no effect; did you mean LOG_LEVEL\\?',
          ].join('\\n'),
        ),
      );
      expect(text).not.toContain('{"');
    },
  );

  it('fails and names the providers file when that has no list of providers', async () => {
    const { code, stderr } = await failedStart({}, { 'config/providers.yaml': '' });
    expect(code).toBe(1);
    expect(stderr).toContain('config/providers.yaml must contain a list under the key providers');
  });

  it('succeeds on a read-only file system with an external database, and warns about the consequences', async () => {
    await using database = await createTestDatabase();
    const dir = await emptyFolder();
    const env = { DATABASE_URL: database.connection, DATA_DIR: '/dev/null/data' };
    const running = await start(dir, env);
    expect((await fetch(`${running.url}/readyz`)).status).toBe(200);
    const warned = running.lines.filter(({ level }) => level === 'WARNING').map(({ msg }) => msg);
    expect(warned).toEqual([
      expect.stringMatching(
        /^websocket\.log cannot be opened in \/dev\/null\/data\/logs \(ENOTDIR\): .*LOG_TO_FILE=false$/,
      ),
      expect.stringMatching(/^cannot store a secret in \/dev\/null\/data \(ENOTDIR\): set JWT_SECRET/),
    ]);
    expect(running.lines.map(({ msg }) => msg)).toContain(
      'no data providers are probed: config/providers.example.yaml shows how to configure some',
    );
    running.child.kill('SIGTERM');
    expect(await running.exit()).toBe(0);

    const quiet = await start(dir, { ...env, LOG_TO_FILE: 'false', JWT_SECRET: 's'.repeat(32) });
    expect(quiet.lines.filter(({ level }) => level === 'WARNING')).toEqual([]);
    quiet.child.kill('SIGTERM');
    expect(await quiet.exit()).toBe(0);
    expect(await readdir(dir)).toEqual([]);
  });
});

describe('the version check at start', () => {
  /** Runs the program as a Node that says that it is of this version. */
  async function runAs(version: string) {
    const pretend = `data:text/javascript,Object.defineProperty(process,'version',{value:'${version}'})`;
    return spawnSync(process.execPath, ['--import', pretend, await opsgraph(), '--version'], {
      encoding: 'utf8',
    });
  }

  it.each(['v18.20.8', 'v20.18.3'])('reports in one line that Node %s is too old', async (version) => {
    const { status, stderr, stdout } = await runAs(version);
    expect(stderr).toBe(`opsgraph needs Node 20.19 or newer; this is Node ${version.slice(1)}.\n`);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it.each(['v20.19.0', 'v100.1.0'])('runs the command with Node %s', async (version) => {
    const { status, stderr } = await runAs(version);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('requires the Node version of package.json', async () => {
    const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
    expect((JSON.parse(text) as { engines: unknown }).engines).toEqual({ node: '>=20.19' });
  });
});
