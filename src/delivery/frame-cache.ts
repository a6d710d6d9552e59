import { Deque } from '../lib/deque.ts';
import type { Entry } from '../journal/topic.ts';

/** An entry with its frame, which is created once per group. */
export class EncodedEntry<Frame> {
  readonly entry: Entry;
  /** The entry's position. A copy, because it is read for every message. */
  readonly seq: number;
  /** Null: the group's encoding has no message for the entry. */
  readonly frame: Frame | null;
  /** How often subscribers have taken the frame in this tick; for `LatencyTracker`. */
  taken = 0;

  constructor(entry: Entry, frame: Frame | null) {
    this.entry = entry;
    this.seq = entry.seq;
    this.frame = frame;
  }
}

/** Cached frames per group, so that subscribers at slightly different positions share them. */
const framesPerGroupMax = 256;
const bytesMaxDefault = 64 * 1024 * 1024;
/** Approximate size in memory of a cache entry without its frame. */
const overheadBytes = 100;

/** The cached frames of a group by position. */
export type Frames = Map<number, EncodedEntry<unknown>>;

/**
 * Caches the frames of events, bounded in number per group and in bytes for all groups. The oldest frames are evicted;
 * a subscriber that needs one has the entry executed again.
 */
export class FrameCache {
  readonly #cached = new Deque<{ frames: Frames; seq: number; bytes: number }>();
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax = bytesMaxDefault) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(frames: Frames, encoded: EncodedEntry<unknown>, bytes: number): void {
    frames.set(encoded.seq, encoded);
    if (frames.size > framesPerGroupMax) {
      for (const oldest of frames.keys()) {
        frames.delete(oldest);
        break;
      }
    }
    this.#cached.push({ frames, seq: encoded.seq, bytes: bytes + overheadBytes });
    this.#bytes += bytes + overheadBytes;
    while (this.#bytes > this.#bytesMax) this.#evict();
  }

  #evict(): void {
    const oldest = this.#cached.shift();
    if (oldest === undefined) return;
    oldest.frames.delete(oldest.seq);
    this.#bytes -= oldest.bytes;
  }
}
