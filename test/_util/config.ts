import { ConfigError } from '../../src/config/read-settings.ts';
import { readConfig, type Config } from '../../src/settings.ts';

type Env = Readonly<Record<string, string>>;

export const cwd = '/srv/ops';
const yamlPath = '/srv/ops/config/dashboard_config.yaml';

/** Reads with these files and no others. */
export function read(env: Env = {}, files: Readonly<Record<string, string>> = {}) {
  const readFile = (path: string): string => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return text;
  };
  return readConfig(env, { cwd, readFile });
}

export function config(env: Env): Config {
  return read(env).config;
}

export function errors(env: Env, files: Readonly<Record<string, string>> = {}): readonly string[] {
  try {
    read(env, files);
  } catch (error) {
    if (error instanceof ConfigError) return error.errors;
    throw error;
  }
  return [];
}

export const yaml = (text: string) => ({ [yamlPath]: text });
