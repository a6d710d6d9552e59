/**
 * Splits text that arrives in chunks into lines, without their line ends. Lines longer than `charsMax` are dropped, so
 * a sender that never ends a line uses no more memory than that.
 */
export class Lines {
  readonly #charsMax: number;
  #open = '';
  #dropping = false;
  #dropped = 0;

  constructor(charsMax: number) {
    this.#charsMax = charsMax;
  }

  /** The number of dropped lines. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The lines that this chunk completes. */
  push(chunk: string): readonly string[] {
    const lines: string[] = [];
    const pieces = chunk.split('\n');
    pieces.forEach((piece, at) => {
      this.#extend(piece);
      if (at === pieces.length - 1) return;
      if (!this.#dropping) lines.push(this.#open.endsWith('\r') ? this.#open.slice(0, -1) : this.#open);
      this.#open = '';
      this.#dropping = false;
    });
    return lines;
  }

  #extend(piece: string): void {
    if (this.#dropping) return;
    this.#open += piece;
    if (this.#open.length <= this.#charsMax) return;
    this.#open = '';
    this.#dropping = true;
    this.#dropped++;
  }
}
