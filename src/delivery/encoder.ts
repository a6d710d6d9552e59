import type { ExecutionResult } from 'graphql';
import type { Entry } from '../journal/topic.ts';

/** How a group's results leave the server: the text of a GraphQL result, an old feed's message, the result itself. */
export interface Encoder<Frame> {
  /** SubscriptionGroups with the same id share frames, so it names the encoding and everything it depends on. */
  readonly id: string;
  /** null: this entry means nothing in this encoding. */
  encode(result: ExecutionResult, entry: Entry): Frame | null;
  /** Where a frame is the JSON of a result and nothing else: makes it from that text. */
  readonly fromText?: (text: string) => Frame;
  /** Whether two frames say the same. A gauge that would say the same again is then not sent; absent: it is. */
  readonly same?: (one: Frame, other: Frame) => boolean;
  /** What a frame takes in memory, about. */
  bytes(frame: Frame): number;
}
