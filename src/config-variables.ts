import type { z } from 'zod';
import { mask } from './lib/mask.ts';

const SHOWN_CHARS_MAX = 80;
/** A variable that begins like ours but is none of ours is most likely a slip. */
const OUR_PREFIXES = ['FEATURE_', 'GRAPHQL_', 'WEBSOCKET_', 'WS_', 'ARCHMESH_', 'ALERT_'];

/** Reads one variable at a time and collects what is wrong, so that one start tells of every mistake. */
export class Variables {
  readonly mistakes: string[] = [];
  readonly warnings: string[] = [];
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
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    this.mistakes.push(...result.error.issues.map((issue) => `${name} ${issue.message}`));
    return null;
  }

  reject(name: string, message: string): void {
    const text = mask(this.text(name) ?? '');
    const shown = text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text;
    this.mistakes.push(`${name}=${JSON.stringify(shown)} ${message}`);
  }

  /** Variables that look like ours and are none. */
  slips(): string[] {
    return Object.keys(this.#env).flatMap((name) => {
      const prefix = OUR_PREFIXES.find((ours) => name.startsWith(ours));
      if (prefix === undefined || this.#known.has(name)) return [];
      const alike = [...this.#known].filter((known) => known.startsWith(prefix));
      return [`${name} is no known variable; did you mean ${nearest(name, alike)}?`];
    });
  }
}

function nearest(name: string, known: readonly string[]): string {
  const distances = known.map((candidate) => ({ candidate, distance: editDistance(name, candidate) }));
  return distances.sort((a, b) => a.distance - b.distance)[0]?.candidate ?? '';
}

/** Levenshtein's: how many characters have to be put in, taken out or changed. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
