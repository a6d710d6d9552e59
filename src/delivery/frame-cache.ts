import { Deque } from '../lib/deque.ts';
import type { Entry } from '../journal/topic.ts';

/** What an entry became for a group: its frame, made once for all subscribers. */
export class EncodedEntry<Frame> {
  readonly entry: Entry;
  /** The entry's position, copied because it is read for every message. */
  readonly seq: number;
  /** null: the entry means nothing in the group's encoding. */
  readonly frame: Frame | null;
  /** How often it was taken since `LatencyTracker` looked last. */
  taken = 0;

  constructor(entry: Entry, frame: Frame | null) {
    this.entry = entry;
    this.seq = entry.seq;
    this.frame = frame;
  }
}

/** Frames that one group keeps, so that subscribers some entries apart still share them. */
const framesOfGroupMax = 256;
/** What all groups keep together. */
const bytesOfAllMax = 64 * 1024 * 1024;
/** What the note of a frame takes, beside the frame. */
const noteBytes = 100;

/** Frames by position; older ones are made again if anyone is that far back. */
export type Frames = Map<number, EncodedEntry<unknown>>;

/** Bounds what groups remember: in number for each, in bytes for all together. The oldest go first. */
export class FrameCache {
  readonly #held = new Deque<{ frames: Frames; seq: number; bytes: number }>();
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax = bytesOfAllMax) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  keep(frames: Frames, encoded: EncodedEntry<unknown>, bytes: number): void {
    frames.set(encoded.seq, encoded);
    if (frames.size > framesOfGroupMax) {
      for (const oldest of frames.keys()) {
        frames.delete(oldest);
        break;
      }
    }
    this.#held.push({ frames, seq: encoded.seq, bytes: bytes + noteBytes });
    this.#bytes += bytes + noteBytes;
    while (this.#bytes > this.#bytesMax) this.#forget();
  }

  #forget(): void {
    const oldest = this.#held.shift();
    if (oldest === undefined) return;
    oldest.frames.delete(oldest.seq);
    this.#bytes -= oldest.bytes;
  }
}
