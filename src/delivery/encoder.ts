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
  /** How frames of a field that returns lists are joined. Absent: each event is a list of its own. */
  readonly lists?: FrameLists<Frame>;
  /** Whether two frames have the same content. A gauge does not send equal frames in succession. Absent: it does. */
  readonly equal?: (one: Frame, other: Frame) => boolean;
  /** Approximate size of a frame in memory. */
  bytes(frame: Frame): number;
}

/** Joins results of a root field that returns a list with one item each to one result with a longer list. */
export interface FrameLists<Frame> {
  /** Length of a frame in characters. Null: it cannot be joined, because it has errors. */
  length(frame: Frame, responseKey: string): number | null;
  /** @param frames at least two that can be joined. */
  join(frames: readonly Frame[], responseKey: string): Frame;
}
