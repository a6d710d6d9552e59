import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { longRun } from '../_util/long-run.ts';
import { emptyFolder } from '../_util/process.ts';

/** The package as `npm pack` makes it. */

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

async function pack(dir: string): Promise<{ tarball: string; paths: readonly string[] }> {
  await run('npm', ['run', '--silent', 'prepack'], { cwd: root });
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', dir], {
    cwd: root,
  });
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  return { tarball: join(dir, packed?.filename ?? ''), paths: packed?.files.map(({ path }) => path) ?? [] };
}

describe('the package', () => {
  it('contains the program with all that it needs besides its dependencies, and no sources', async () => {
    const dir = await emptyFolder();
    const { tarball, paths } = await pack(dir);
    expect(paths).toEqual(
      expect.arrayContaining([
        'dist/client/client.js',
        'dist/client/client.d.ts',
        'dist/opsgraph.js',
        'dist/redoc.standalone.js',
        'config/providers.example.yaml',
        'schema/schema.graphql',
        '.env.example',
        'LICENSE',
        'README.md',
        'CHANGELOG.md',
      ]),
    );
    expect(
      paths.filter((path) =>
        /(?<!\.d)\.[cm]?ts$|^(src|test|bench|scripts)\/|^dist\/(?!client\/|dashboard\/).*\//.test(path),
      ),
    ).toEqual([]);

    await run('tar', ['-xzf', tarball, '-C', dir]);
    const unpacked = join(dir, 'package');
    const { version, dependencies } = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as {
      version: string;
      dependencies: Record<string, string>;
    };
    const program = join(unpacked, 'dist', 'opsgraph.js');
    expect((await run(process.execPath, [program, '--version'])).stdout).toBe(`${version}\n`);
    expect([...(await packagesIn(join(unpacked, 'dist')))].filter((name) => !(name in dependencies))).toEqual(
      [],
    );
  });

  it.runIf(longRun)('starts with npx in a folder with nothing but its production dependencies', async () => {
    const dir = await emptyFolder();
    const { tarball } = await pack(dir);
    const installed = join(dir, 'installed');
    await mkdir(installed);
    await run('npm', ['install', '--prefix', installed, tarball, '--omit=dev', '--no-audit', '--no-fund']);
    const child = spawn('npx', ['opsgraph', 'start'], {
      cwd: installed,
      env: { PATH: process.env['PATH'] ?? '', HOME: dir, PORT: '0', OLLAMA_URL: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true, // a group of its own, because npx does not pass signals on
    });
    const exited = once(child, 'exit');
    onTestFinished(async () => {
      process.kill(-(child.pid ?? 0), 'SIGTERM');
      await exited;
    });
    let text = '';
    let url: string | undefined;
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      text += String(chunk);
      [, url] = /"http":"([^"]+)"[^\n]*"msg":"ready"/.exec(text) ?? [];
      if (url !== undefined) break;
    }
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    for (const path of ['/', '/redoc', '/docs']) expect((await fetch(`${url}${path}`)).status).toBe(200);
  });
});

/** The packages that the bundled files import. */
async function packagesIn(folder: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const file of await readdir(folder)) {
    if (!file.endsWith('.js') || file === 'redoc.standalone.js') continue;
    const text = await readFile(join(folder, file), 'utf8');
    for (const [, from = ''] of text.matchAll(
      /(?:^import |^(?:import|export|\}) .*from |\bimport\()"([^"../][^"]*)"/gm,
    )) {
      const [, name] = /^((?:@[^/]+\/)?[^/.][^/]*)/.exec(from) ?? [];
      if (name !== undefined && !isBuiltin(from)) names.add(name);
    }
  }
  return names;
}
