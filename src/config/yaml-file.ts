import { z } from 'zod';
import { parseYaml } from '../lib/yaml.ts';
import type { Setting, SettingsContext } from './setting.ts';

/** The content of the YAML or JSON file that a setting names, as plain data; null when there is none. */
export function yamlOf(setting: Setting, name: string, context: SettingsContext): unknown {
  const text = context.fileOf(setting);
  if (text === null) return null;
  try {
    return parseYaml(text) ?? {};
  } catch (error) {
    context.error(`${name} is not valid YAML: ${(error as Error).message}`);
    return null;
  }
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function yamlInteger(min: number, max: number) {
  const error = `must be an integer from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}
