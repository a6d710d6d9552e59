import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** Whether all packages are installed. If not, the suites that need them are skipped, which this function reports. */
export function areInstalled(...packages: readonly string[]): boolean {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length > 0)
    console.warn(`\nSKIPPED: suites that need ${missing.join(', ')}, which npm ci has not installed.\n`);
  return missing.length === 0;
}

function isInstalled(name: string): boolean {
  try {
    resolve(`${name}/package.json`);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
  }
}
