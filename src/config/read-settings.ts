/**
 * Reads a table of settings from the environment. It returns a whole configuration or throws one `ConfigError` that lists
 * every error; it does nothing else but read the files that settings name.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { append } from '../lib/append.ts';
import { mask, maskedText, maskUrl } from '../lib/mask.ts';
import type { EnvFile } from './env.ts';
import { findMisspelled } from './misspelled.ts';
import type { ConfigOf, Setting, SettingsContext, Table, ValueOf } from './setting.ts';
import { keyValues } from './yaml-file.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface ReadOptions {
  /** The directory of relative paths. */
  readonly cwd: string;
  readonly readFile?: (path: string) => string;
  /** Names and errors of the file `.env`, whose values are among the variables. */
  readonly envFile?: EnvFile;
}

export interface ReadSettings<Sections extends Table> {
  readonly config: ConfigOf<Sections>;
  readonly warnings: readonly string[];
  /** The variables that hold a secret, of those that are set. */
  readonly secrets: readonly string[];
  /** The value of each variable as the log may show it. */
  readonly shown: Readonly<Record<string, string>>;
}

/** Every error, each naming its variable or key. None repeats a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly errors: readonly string[];

  constructor(errors: readonly string[], warnings: readonly string[] = []) {
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    const lists = [[`The configuration has ${count}:`, ...errors]];
    if (warnings.length > 0) lists.push(['Warnings:', ...warnings]);
    super(lists.map((list) => list.join('\n- ')).join('\n'));
    this.errors = errors;
  }
}

const shownCharsMax = 80;

export function readSettings<Sections extends Table>(
  table: Sections,
  variables: Variables,
  options: ReadOptions,
): ReadSettings<Sections> {
  const { envFile = { keys: [], errors: [] } } = options;
  const reader = new SettingsReader(variables, options);
  const sections = Object.entries(table).map(([name, section]) => {
    const { settings, file } = section;
    if (file !== undefined) reader.useKeys(keyValues(file, settings, reader));
    const values = Object.entries(settings).map(([key, setting]) => [key, reader.value(setting)]);
    return [name, section.resolve(Object.fromEntries(values), reader, settings)];
  });
  append(reader.errors, envFile.errors);
  const unknown = findMisspelled({ table, variables, read: reader.read, fileKeys: envFile.keys });
  append(reader.errors, unknown.errors);
  append(reader.warnings, unknown.warnings);
  if (reader.errors.length > 0) throw new ConfigError(reader.errors, reader.warnings);
  return {
    config: Object.fromEntries(sections) as ConfigOf<Sections>,
    warnings: reader.warnings,
    secrets: [...reader.secrets],
    shown: reader.shown,
  };
}

class SettingsReader implements SettingsContext {
  readonly errors: string[] = [];
  readonly warnings: string[] = [];
  readonly secrets = new Set<string>();
  readonly shown: Record<string, string> = {};
  /** Every variable that was asked for. */
  readonly read = new Set<string>();
  readonly #variables: Variables;
  readonly #options: ReadOptions;
  readonly #values = new Map<Setting, unknown>();
  /** Values from YAML files. */
  readonly #keyValues = new Map<Setting, unknown>();

  constructor(variables: Variables, options: ReadOptions) {
    this.#variables = variables;
    this.#options = options;
  }

  value<Row extends Setting>(setting: Row): ValueOf<Row> {
    if (!this.#values.has(setting)) this.#values.set(setting, this.#parse(setting));
    return this.#values.get(setting) as ValueOf<Row>;
  }

  useKeys(values: ReadonlyMap<Setting, unknown>): void {
    for (const [setting, value] of values) this.#keyValues.set(setting, value);
  }

  isSet(setting: Setting): boolean {
    return this.#textOf(setting) !== undefined;
  }

  secret<Value>(env: string, type: z.ZodType<Value, string>): Value | null {
    return this.value({ env, type, description: '', secret: true });
  }

  path(name: string): string {
    return resolve(this.#options.cwd, name);
  }

  readFile(name: string): { readonly text: string } | { readonly code: string } {
    const { readFile = (path: string) => readFileSync(path, 'utf8') } = this.#options;
    try {
      return { text: readFile(this.path(name)) };
    } catch (error) {
      return { code: (error as NodeJS.ErrnoException).code ?? 'unknown reason' };
    }
  }

  fileOf(setting: Setting): string | null {
    const name = this.#textOf(setting) ?? setting.default;
    if (name === undefined) return null;
    const read = this.readFile(name);
    if ('text' in read) return read.text;
    const isMissing = read.code === 'ENOENT' || read.code === 'ENOTDIR';
    if (this.isSet(setting) || !isMissing)
      this.reject(setting, `must name a readable file (${read.code})`, name);
    return null;
  }

  reject(setting: Setting, message: string, value = this.#textOf(setting) ?? ''): void {
    const masked = mask(value);
    const shown = masked.length > shownCharsMax ? `${masked.slice(0, shownCharsMax)}…` : masked;
    const got = setting.secret === true ? '' : `, got ${JSON.stringify(shown)}`;
    this.error(`${setting.env} ${message}${got}`);
  }

  error(message: string): void {
    this.errors.push(message);
  }

  warn(message: string): void {
    this.warnings.push(message);
  }

  #parse(setting: Setting): unknown {
    const { env } = setting;
    if (env !== undefined) this.read.add(env);
    if (setting.emptyIsNull === true && env !== undefined && this.#variables[env]?.trim() === '') return null;
    const text = this.#textOf(setting);
    this.#show(setting, text ?? setting.default);
    if (text === undefined) return this.#keyValues.get(setting) ?? defaultOf(setting);
    const { success, data, error } = setting.type.safeParse(text);
    if (success) return data;
    for (const issue of error.issues) {
      const entry: unknown = issue.code === 'custom' ? issue.params?.['entry'] : undefined;
      this.reject(setting, issue.message, typeof entry === 'string' ? entry : text);
    }
    return defaultOf(setting);
  }

  /** undefined: absent or empty. A secret keeps the spaces around it. */
  #textOf({ env, secret }: Setting): string | undefined {
    const text = env === undefined ? undefined : this.#variables[env];
    return (secret === true ? text : text?.trim()) || undefined;
  }

  #show({ env, secret, shown = () => maskedText }: Setting, text: string | undefined): void {
    if (env === undefined || text === undefined || text === '') return;
    if (secret === true) this.secrets.add(env);
    this.shown[env] = secret === true ? shown(text) : maskUrl(text);
  }
}

function defaultOf({ type, default: text }: Setting): unknown {
  return text === undefined ? null : type.parse(text);
}
