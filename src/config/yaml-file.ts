import { parseDocument } from 'yaml';
import { z } from 'zod';
import { maskUrl } from '../lib/mask.ts';
import type { Setting, Settings, SettingsContext } from './setting.ts';

/** The content of the YAML or JSON file that a setting names, as plain data; null when there is none. */
export function yamlOf(setting: Setting, name: string, context: SettingsContext): unknown {
  const text = context.fileOf(setting);
  if (text === null) return null;
  try {
    const document = parseDocument(text, { logLevel: 'silent', merge: true });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return (document.toJS() as unknown) ?? {}; // throws for aliases that are recursive or expand without limit
  } catch (error) {
    context.error(`${name} is not valid YAML: ${(error as Error).message.split('\n')[0]}`);
    return null;
  }
}

/** The valid values in the YAML file that `file` names, as texts. Reports invalid values and unknown keys. */
export function keyTexts(
  file: Setting,
  settings: Settings,
  context: SettingsContext,
): ReadonlyMap<Setting, string> {
  const rows = Object.values(settings).flatMap((row) =>
    row.key === undefined ? [] : [[row.key, row] as const],
  );
  const known = new Map(rows);
  const texts = new Map<Setting, string>();
  const name = String(context.value(file));

  const visit = (map: object, prefix: string): void => {
    for (const [part, value] of Object.entries(map)) {
      const key = prefix + part;
      const setting = known.get(key);
      if (setting !== undefined) {
        const text = typeof value === 'number' ? String(value) : '';
        const { success, error } = setting.type.safeParse(text);
        if (success) texts.set(setting, text);
        else context.error(`${key} in ${name} ${error.issues[0]?.message}, got ${shown(value)}`);
      } else if (rows.some(([own]) => own.startsWith(`${key}.`))) {
        if (isMap(value)) visit(value, `${key}.`);
        else if (value !== null)
          context.error(`${key} in ${name} must contain further keys, got ${shown(value)}`);
      } else if (!key.startsWith('x-')) {
        // `x-…` holds what merge keys refer to
        context.warn(`${key} in ${name} is not a known key and has no effect`);
      }
    }
  };

  const root = yamlOf(file, name, context);
  if (isMap(root)) visit(root, '');
  else if (root !== null) context.error(`${name} must contain keys such as ${rows[0]?.[0]}`);
  return texts;
}

export interface YamlList<Schema extends z.ZodObject> {
  /** The setting that names the file. */
  readonly file: Setting;
  /** The key of the list. */
  readonly key: string;
  readonly entriesMax: number;
  /** The keys of an entry. Others have no effect. */
  readonly entry: Schema;
  /** Keys of an entry. The value of the first one that it has names it in errors. */
  readonly nameKeys: readonly string[];
}

/** The valid entries of the list in the YAML file that a setting names, each with its name for errors. */
export function yamlEntries<Schema extends z.ZodObject>(
  { file: setting, key, entriesMax, entry: schema, nameKeys }: YamlList<Schema>,
  context: SettingsContext,
): readonly { readonly entry: z.infer<Schema>; readonly about: string }[] {
  const file = String(context.value(setting));
  return listIn(setting, { file, key, entriesMax }, context).flatMap((raw, index) => {
    const name = isMap(raw) ? nameKeys.map((one) => raw[one]).find((one) => typeof one === 'string') : null;
    const named = typeof name === 'string' ? ` (${maskUrl(name).slice(0, 100)})` : '';
    const about = `${key}[${index}]${named} in ${file}`;
    if (!isMap(raw)) {
      context.error(`${about} must contain keys such as ${Object.keys(schema.shape).slice(0, 3).join(', ')}`);
      return [];
    }
    // A key without a value is the same as no key.
    const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== null));
    for (const one of Object.keys(given))
      if (!Object.hasOwn(schema.shape, one))
        context.warn(`${about}: ${one} is not a known key and has no effect`);
    const { success, data, error } = schema.safeParse(given);
    if (success) return [{ entry: data, about }];
    for (const { path, message } of error.issues) context.error(`${about}: ${path.join('.')} ${message}`);
    return [];
  });
}

function listIn(
  setting: Setting,
  { file, key, entriesMax }: { readonly file: string } & Pick<YamlList<z.ZodObject>, 'key' | 'entriesMax'>,
  context: SettingsContext,
): readonly unknown[] {
  const root = yamlOf(setting, file, context);
  if (root === null) return [];
  const list: unknown = isMap(root) ? root[key] : null;
  if (!isMap(root) || !Array.isArray(list)) {
    context.error(`${file} must contain a list under the key ${key}, or \`${key}: []\` for none`);
    return [];
  }
  for (const one of Object.keys(root))
    if (one !== key && !one.startsWith('x-'))
      context.warn(`${one} in ${file} is not a known key and has no effect`);
  if (list.length <= entriesMax) return list as readonly unknown[];
  context.error(`${file} must list at most ${entriesMax} ${key}, got ${list.length}`);
  return [];
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function yamlInteger(min: number, max: number) {
  const error = `must be an integer from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
