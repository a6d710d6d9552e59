/**
 * Cuts text that comes in chunks into lines, without their ends. A line longer than `charsMax` is dropped whole, so a
 * talker that never ends its line costs no more memory than that.
 */
export class Lines {
  readonly #charsMax: number;
  #open = '';
  #dropping = false;
  #dropped = 0;

  constructor(charsMax: number) {
    this.#charsMax = charsMax;
  }

  /** How many lines were too long. */
  get dropped(): number {
    return this.#dropped;
  }

  /** The lines that this chunk ends. */
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
