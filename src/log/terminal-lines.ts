import type { LineWriter } from './line-writer.ts';

/** Fields of a line that the text does not repeat. */
const shownElsewhere = new Set(['level', 'time', 'msg', 'log', 'err']);
const valueCharsMax = 120;

/**
 * Turns the JSON lines of the log into text for a terminal: time, level where it is not INFO, message, fields. Warnings
 * of the start are held until `ready`, which prints them beneath the addresses, where they are not scrolled away.
 */
export class TerminalLines {
  readonly #out: Pick<LineWriter, 'write' | 'flush'>;
  #held: string[] | null = [];
  readonly #atExit = (): void => this.release();

  constructor(out: Pick<LineWriter, 'write' | 'flush'>) {
    this.#out = out;
    process.prependListener('exit', this.#atExit);
  }

  write(line: string): void {
    const fields = JSON.parse(line) as Record<string, unknown>;
    const text = textOf(fields);
    if (fields['level'] === 'WARNING' && this.#held !== null) this.#held.push(text);
    else this.#out.write(`${text}\n`);
  }

  flush(): Promise<void> {
    return this.#out.flush();
  }

  /** Prints a text, and beneath it the warnings so far. Later warnings are printed when they occur. */
  ready(text: string): void {
    const warnings = this.#held ?? [];
    this.#held = null;
    process.off('exit', this.#atExit);
    this.#out.write(`\n${text}\n\n${warnings.map((warning) => `${warning}\n`).join('')}`);
  }

  /** Prints the held warnings, because the start has failed. */
  release(): void {
    for (const warning of this.#held ?? []) this.#out.write(`${warning}\n`);
    this.#held = null;
    process.off('exit', this.#atExit);
  }
}

function textOf(fields: Record<string, unknown>): string {
  const { level, time, msg, err } = fields;
  const details = Object.entries(fields).flatMap(([name, value]) =>
    shownElsewhere.has(name) ? [] : `${name}=${short(value)}`,
  );
  const clock = new Date(String(time)).toTimeString().slice(0, 8);
  const head = [clock, ...(level === 'INFO' ? [] : [String(level)]), String(msg)].join(' ');
  const reason = isError(err) ? `: ${err.message}` : '';
  return `${head}${reason}${details.length === 0 ? '' : `  (${details.join(', ')})`}`;
}

function isError(value: unknown): value is { readonly message: string } {
  return typeof value === 'object' && value !== null && 'message' in value;
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > valueCharsMax ? `${text.slice(0, valueCharsMax)}…` : text;
}
