/**
 * Reads a table of settings from the environment. It returns a whole configuration or throws one `ConfigError` that lists
 * every error; it does nothing else but read the files that settings name.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { append } from '../lib/append.ts';
import { mask, maskedText, maskUrl } from '../lib/mask.ts';
import type { EnvFile } from './env.ts';
import { findMisspelled } from './misspelled.ts';
import type { ConfigOf, Setting, SettingsContext, Table, ValueOf } from './setting.ts';
import { keyTexts } from './yaml-file.ts';

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
  readonly warnings: readonly string[];

  constructor(errors: readonly string[], warnings: readonly string[] = []) {
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    const lists = [[`The configuration has ${count}:`, ...errors]];
    if (warnings.length > 0) lists.push(['Warnings:', ...warnings]);
    super(lists.map((list) => list.join('\n- ')).join('\n'));
    this.errors = errors;
    this.warnings = warnings;
  }
}

const shownCharsMax = 80;

/** @throws ConfigError with every error */
export function readSettings<Sections extends Table>(
  table: Sections,
  variables: Variables,
  options: ReadOptions,
): ReadSettings<Sections> {
  const { envFile = { keys: [], errors: [] } } = options;
  const reader = createReader(variables, options);
  const { context, errors, warnings } = reader;
  const sections = Object.entries(table).map(([name, section]) => {
    const { settings, file } = section;
    if (file !== undefined) reader.useKeys(keyTexts(file, settings, context));
    const values = Object.entries(settings).map(([key, setting]) => [key, context.value(setting)]);
    return [name, section.resolve(Object.fromEntries(values), context, settings)];
  });
  append(errors, envFile.errors);
  const unknown = findMisspelled({ table, variables, read: reader.read, fileKeys: envFile.keys });
  append(errors, unknown.errors);
  append(warnings, unknown.warnings);
  if (errors.length > 0) throw new ConfigError(errors, warnings);
  return {
    config: Object.fromEntries(sections) as ConfigOf<Sections>,
    warnings,
    secrets: [...reader.secrets],
    shown: reader.shown,
  };
}

function createReader(
  variables: Variables,
  { cwd, readFile = (path) => readFileSync(path, 'utf8') }: ReadOptions,
) {
  const errors: string[] = [];
  const warnings: string[] = [];
  const secrets = new Set<string>();
  const shown: Record<string, string> = {};
  /** The names of all variables that were read. */
  const read = new Set<string>();
  const keys = new Map<Setting, string>();
  const values = new Map<Setting, unknown>();

  const context: SettingsContext = {
    value<Row extends Setting>(setting: Row) {
      if (!values.has(setting)) values.set(setting, parse(setting));
      return values.get(setting) as ValueOf<Row>;
    },
    isSet: (setting) => textOf(setting) !== undefined,
    secret: (env, type) => context.value({ env, type, description: '', secret: true }),
    path: (name) => resolve(cwd, name),
    readFile(name) {
      try {
        return { text: readFile(context.path(name)) };
      } catch (error) {
        return { code: (error as NodeJS.ErrnoException).code ?? 'unknown reason' };
      }
    },
    fileOf(setting) {
      const name = textOf(setting) ?? setting.default;
      if (name === undefined) return null;
      const file = context.readFile(name);
      if ('text' in file) return file.text;
      const isMissing = file.code === 'ENOENT' || file.code === 'ENOTDIR';
      if (context.isSet(setting) || !isMissing)
        reject(setting, `must name a readable file (${file.code})`, name);
      return null;
    },
    reject,
    error: (message) => void errors.push(message),
    warn: (message) => void warnings.push(message),
  };

  function reject(setting: Setting, message: string, value = textOf(setting) ?? ''): void {
    const masked = mask(value);
    const start = masked.length > shownCharsMax ? `${masked.slice(0, shownCharsMax)}…` : masked;
    const got = setting.secret === true ? '' : `, got ${JSON.stringify(start)}`;
    errors.push(`${setting.env} ${message}${got}`);
  }

  function parse(setting: Setting): unknown {
    const { env = '', type, emptyIsNull = false } = setting;
    if (env !== '') read.add(env);
    if (emptyIsNull && variables[env]?.trim() === '') return null;
    const text = textOf(setting);
    show(setting, text ?? setting.default);
    if (text === undefined) return defaultOf(setting);
    const { success, data, error } = type.safeParse(text);
    if (success) return data;
    for (const issue of error.issues) {
      const entry: unknown = issue.code === 'custom' ? issue.params?.['entry'] : undefined;
      reject(setting, issue.message, typeof entry === 'string' ? entry : text);
    }
    return defaultOf(setting);
  }

  /** The text of a variable or key; undefined if it is absent or empty. A secret keeps the spaces around it. */
  function textOf(setting: Setting): string | undefined {
    const text = variables[setting.env ?? ''];
    return (setting.secret === true ? text : text?.trim()) || keys.get(setting);
  }

  function show({ env, key, secret, shown: shownOf = () => maskedText }: Setting, text = ''): void {
    if (text === '') return;
    if (secret === true && env !== undefined) secrets.add(env);
    shown[env ?? key ?? ''] = secret === true ? shownOf(text) : maskUrl(text);
  }

  function useKeys(texts: ReadonlyMap<Setting, string>): void {
    for (const [setting, text] of texts) keys.set(setting, text);
  }

  return { context, errors, warnings, secrets, shown, read, useKeys };
}

function defaultOf({ type, default: text }: Setting): unknown {
  return text === undefined ? null : type.parse(text);
}
