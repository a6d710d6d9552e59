import { append } from '../lib/append.ts';
import type { z } from 'zod';
import { findMisspelled } from './misspelled.ts';
import { mask } from '../lib/mask.ts';

const SHOWN_CHARS_MAX = 80;
/** Reads one variable at a time and collects what is wrong, so that one start tells of every mistake. */
export class Variables {
  readonly mistakes: string[] = [];
  readonly warnings: string[] = [];
  /** Variables that hold a secret, of those that are set. */
  readonly secrets: string[] = [];
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #known = new Set<string>();

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  raw(name: string): string | undefined {
    this.#known.add(name);
    return this.#env[name];
  }

  /** Without the spaces around it; undefined when empty or absent. */
  text(name: string): string | undefined {
    return this.raw(name)?.trim() || undefined;
  }

  /** What the variable says; the fallback when it is absent or wrong. */
  read<Value, Fallback>(
    name: string,
    schema: z.ZodType<Value, string>,
    fallback: Fallback,
  ): Value | Fallback {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.reject(name, issue.message);
    return fallback;
  }

  /** As `read`, taking the value with its spaces and never repeating it. */
  secret<Value>(name: string, schema: z.ZodType<Value, string>): Value | null {
    const text = this.raw(name);
    if (text === undefined || text === '') return null;
    this.secrets.push(name);
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    for (const { message } of result.error.issues) this.mistakes.push(`${name} ${message}`);
    return null;
  }

  reject(name: string, message: string): void {
    const text = mask(this.text(name) ?? '');
    const shown = text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text;
    this.mistakes.push(`${name}=${JSON.stringify(shown)} ${message}`);
  }

  /** To be asked last: variables that were most likely meant for us, and that nothing has read. */
  checkNames(fileKeys: readonly string[]): void {
    const { mistakes, warnings } = findMisspelled({ env: this.#env, known: this.#known, fileKeys });
    append(this.mistakes, mistakes);
    append(this.warnings, warnings);
  }
}
