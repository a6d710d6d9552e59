/** Frames that one group keeps, so that members some entries apart still share them. */
const framesMax = 256;

/** The newest frames of a group by position, bounded in number; older ones are made again if anyone is that far back. */
export class Remembered<Frame> {
  readonly #frames = new Map<number, { frame: Frame }>();
  readonly #pending = new Map<number, Promise<void>>();

  get(seq: number): { frame: Frame } | undefined {
    return this.#frames.get(seq);
  }

  pending(seq: number): Promise<void> | undefined {
    return this.#pending.get(seq);
  }

  set(seq: number, frame: Frame): void {
    this.#frames.set(seq, { frame });
    if (this.#frames.size <= framesMax) return;
    for (const oldest of this.#frames.keys()) {
      this.#frames.delete(oldest);
      break;
    }
  }

  /** Remembers a frame once it is there. The returned promise settles then, and rejects if it cannot be made. */
  await(seq: number, coming: Promise<Frame>): Promise<void> {
    const settled = coming.then((frame) => this.set(seq, frame)).finally(() => this.#pending.delete(seq));
    this.#pending.set(seq, settled);
    return settled;
  }
}
