import type { ExecutionResult } from 'graphql';
import type { Encoder } from '../delivery/encoder.ts';
import type { Priority } from '../lib/priority-queue.ts';
import { textFrameHeader } from '../delivery/payload.ts';
import type { EventPart, GaugePart, Message } from './dialect.ts';

/** Messages in the words of an old feed, made once for all its clients. */
export interface FeedFrame {
  readonly messages: readonly FrameText[];
  /** Where in the log it stands; null for gauges. */
  readonly cursor: string | null;
  /** What a client that connects is told of it. */
  readonly opening: () => readonly FrameText[];
  /** What it is about, as its entry names it, and when that happened (Unix milliseconds). */
  readonly key: string;
  readonly occurredAt: number;
  /** Where a session has a queue. */
  readonly priority: Priority;
}

/** One message: as text, and as the bytes of a whole WebSocket frame. */
export interface FrameText {
  readonly text: string;
  readonly frame: Buffer;
}

export function frameText(message: Message): FrameText {
  const text = JSON.stringify(message);
  const bytes = Buffer.from(text);
  return { text, frame: Buffer.concat([Buffer.from(textFrameHeader(bytes.length), 'latin1'), bytes]) };
}

/** @param feed names the dialect and the path: what else two parts of one name may differ in. */
export function feedEncoder(feed: string, part: GaugePart | EventPart): Encoder<FeedFrame> {
  return {
    id: `${feed} ${part.name}`,
    encode({ data, errors }: ExecutionResult, { key, occurredAt }) {
      const [error] = errors ?? [];
      if (error !== undefined) {
        if (part.kind === 'gauge') return null; // the next value comes soon
        throw error; // an event that is left out would be a hole
      }
      const moment = { atMs: occurredAt };
      const messages = part.map(data, moment).map(frameText);
      const about = { messages, key, occurredAt };
      if (part.kind === 'event')
        return { ...about, cursor: part.cursor(data), opening: () => [], priority: part.priority(data) };
      const { opening } = part;
      if (messages.length === 0 && opening === null) return null;
      const toldFirst = !part.atConnect(data)
        ? () => []
        : opening === null
          ? () => messages
          : once(() => opening(data, moment).map(frameText));
      return { ...about, cursor: null, opening: toldFirst, priority: 'normal' };
    },
    bytes: ({ messages }) => messages.reduce((sum, { text, frame }) => sum + text.length + frame.length, 0),
  };
}

/** Made when the first client asks for it, for all of them. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
