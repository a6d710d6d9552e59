import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const bench = fileURLToPath(new URL('../', import.meta.url));
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The packages that a program runs with: those at the root, or those in `bench/`. */
export type Packages = 'ours' | 'peers';

/**
 * Bundles programs as `npm run build` bundles the server, so that the benchmark measures the program that is shipped and
 * not sources run through a loader. The programs are in a temporary folder, beside a link to the packages they need.
 */
export class Bundler implements AsyncDisposable {
  readonly #made = new Map<string, Promise<string>>();
  #dir: Promise<string> | null = null;

  /** @param entry below `bench/`, or below the root when it starts with `src/`. @returns the program's path. */
  make(entry: string, packages: Packages): Promise<string> {
    let made = this.#made.get(entry);
    if (made === undefined) this.#made.set(entry, (made = this.#build(entry, packages)));
    return made;
  }

  async #build(entry: string, packages: Packages): Promise<string> {
    this.#dir ??= mkdtemp(join(tmpdir(), 'opsgraph-bench-'));
    const dir = join(await this.#dir, packages);
    await mkdir(dir, { recursive: true });
    const modules = join(packages === 'ours' ? root : bench, 'node_modules');
    await symlink(modules, join(dir, 'node_modules'), 'junction').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    const outfile = join(dir, `${basename(entry, '.ts')}.mjs`);
    await build({
      entryPoints: [join(entry.startsWith('src/') ? root : bench, entry)],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      packages: 'external',
      logLevel: 'warning',
    });
    return outfile;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#dir !== null) await rm(await this.#dir, { recursive: true, force: true });
  }
}
