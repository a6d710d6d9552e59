const everyMs = 250;

/**
 * The progress of a command on a terminal: one line on standard error, which is overwritten. Nothing where standard error
 * is a file or a pipe.
 */
export class ProgressLine {
  readonly #began = performance.now();
  #shownAt = 0;
  #shown = false;

  /** @param count how many so far. */
  show(count: number, what: string): void {
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#shownAt < everyMs) return;
    this.#shownAt = now;
    this.#shown = true;
    const perSecond = Math.round(count / ((now - this.#began) / 1_000));
    process.stderr.write(`\r\u001B[K${format(count)} ${what}, ${format(perSecond)}/s`);
  }

  /** Replaces the line with the result. */
  end(text: string): void {
    const seconds = ((performance.now() - this.#began) / 1_000).toFixed(1);
    this.clear();
    process.stderr.write(`${text} in ${seconds} s\n`);
  }

  clear(): void {
    if (this.#shown) process.stderr.write('\r\u001B[K');
    this.#shown = false;
  }
}

export function format(count: number): string {
  return count.toLocaleString('en');
}
