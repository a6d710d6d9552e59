import type { ExecutionResult } from 'graphql';
import type { Entry } from '../journal/topic.ts';

/** Converts results to frames: the text of a GraphQL result, a message of an old feed, or the result itself. */
export interface Encoder<Frame> {
  /** Names the encoding and everything on which it depends. Equal subscriptions with the same id share frames. */
  readonly id: string;
  /** Null: this encoding has no message for the entry. */
  encode(result: ExecutionResult, entry: Entry): Frame | null;
  /** Creates a frame from the JSON of a result. Absent: a frame depends on more than this text. */
  readonly fromText?: (text: string) => Frame;
  /** Whether two frames have the same content. A gauge does not send equal frames in succession. Absent: it does. */
  readonly equal?: (one: Frame, other: Frame) => boolean;
  /** Approximate size of a frame in memory. */
  bytes(frame: Frame): number;
}
