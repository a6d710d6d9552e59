/**
 * How settings are declared. Each row of the table describes one variable of the environment, one key of a YAML file,
 * or both; parsing, the type `Config`, `.env.example`, `--help` and the reference in `docs/operating.md` all come from
 * these rows.
 */
import type { z } from 'zod';

export interface Setting {
  readonly env?: string;
  /** A number in the YAML file of the section, such as `updates.model_status`. The variable takes precedence over it. */
  readonly key?: string;
  /** How the text is parsed. */
  readonly type: z.ZodType<unknown, string>;
  /** The value of an absent key and of an absent or empty variable, as it would be written. Without a default it is null. */
  readonly default?: string;
  /** The behaviour while the value is null, in words, such as `as PORT`. */
  readonly unset?: string;
  readonly description: string;
  /** Never logged or repeated in an error, and removed from the environment of the process. */
  readonly secret?: boolean;
  /** The part of a secret that the log shows. Default: nothing. */
  readonly shown?: (text: string) => string;
  /** A misspelled name would leave the server more open than its operator believes, or its data elsewhere. */
  readonly protects?: boolean;
  /** An empty variable means null, which differs from an absent one. */
  readonly emptyIsNull?: boolean;
  /** Names that other programs use for the same thing. */
  readonly aliases?: readonly string[];
}

export type Settings = Readonly<Record<string, Setting>>;

export type ValueOf<Row extends Setting> =
  | (Row['type'] extends z.ZodType<infer Value, string> ? Value : never)
  | (Row extends { readonly emptyIsNull: true }
      ? null
      : Row extends { readonly default: string }
        ? never
        : null);

export type ValuesOf<Rows extends Settings> = { readonly [Key in keyof Rows]: ValueOf<Rows[Key]> };

/** Settings of one subject. */
export interface Section<Rows extends Settings = Settings, Value = unknown> {
  readonly title: string;
  readonly settings: Rows;
  /** An unknown variable whose name starts with this was most likely meant for this server. */
  readonly prefix?: string;
  /** The setting that names the YAML file in which the keys of this section are. */
  readonly file?: Setting;
  /** Turns the values of the settings into the part of the configuration that they describe. */
  resolve(values: ValuesOf<Rows>, context: SettingsContext, settings: Rows): Value;
}

export type Table = Readonly<Record<string, Section>>;

export type ConfigOf<Sections extends Table> = {
  readonly [Key in keyof Sections]: Sections[Key] extends { resolve(...args: never): infer Value }
    ? Value
    : never;
};

/** Functions for a section beside its own values. */
export interface SettingsContext {
  /** The value of a setting of another section. */
  value<Row extends Setting>(setting: Row): ValueOf<Row>;
  isSet(setting: Setting): boolean;
  /** A secret whose variable is named by the value of another setting; null when it is absent or invalid. */
  secret<Value>(env: string, type: z.ZodType<Value, string>): Value | null;
  /** The absolute path of a file that a setting names. */
  path(name: string): string;
  /** The text of a file, or the code of the error. */
  readFile(name: string): { readonly text: string } | { readonly code: string };
  /**
   * The text of the file that a setting names; null when there is none. Rejects a file that cannot be read, but not a
   * default file that does not exist.
   */
  fileOf(setting: Setting): string | null;
  /** Rejects the value of a setting. */
  reject(setting: Setting, message: string): void;
  /** Reports an error. The message names the variable or key. */
  error(message: string): void;
  warn(message: string): void;
}

/** Without `resolve` the part of the configuration is the values themselves. */
export function section<const Rows extends Settings, Value>(
  options: Section<Rows, Value>,
): Section<Rows, Value>;
export function section<const Rows extends Settings>(
  options: Omit<Section<Rows>, 'resolve'>,
): Section<Rows, ValuesOf<Rows>>;
export function section(options: Omit<Section, 'resolve'> & Partial<Pick<Section, 'resolve'>>): Section {
  return { resolve: (values) => values, ...options };
}
