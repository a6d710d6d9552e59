import type { ExecutionResult } from 'graphql';
import type { Encoder } from '../delivery/encoder.ts';
import { textFrameHeader } from '../delivery/payload.ts';
import type { Priority } from '../lib/priority-queue.ts';
import type { EventPart, GaugePart } from './feed-parts.ts';
import type { Message } from './message.ts';

/** The messages for one entry of the journal, encoded once for all clients of a feed. */
export interface FeedFrame {
  readonly messages: readonly FrameText[];
  /** The position of the event in the log; null for gauges. */
  readonly cursor: string | null;
  /** The messages that a client gets at connect. */
  readonly opening: () => readonly FrameText[];
  /** The key of the entry, and when it happened (Unix milliseconds). */
  readonly key: string;
  readonly occurredAt: number;
  /** For sessions with a queue. */
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

/** @param feed dialect and path, as parts of two feeds may have the same name. */
export function feedEncoder(feed: string, part: GaugePart | EventPart): Encoder<FeedFrame> {
  return {
    id: `${feed} ${part.name}`,
    encode({ data, errors }: ExecutionResult, { key, occurredAt }) {
      const [error] = errors ?? [];
      if (error !== undefined) {
        if (part.kind === 'gauge') return null; // the next value comes soon
        throw error; // skipping an event would leave a gap
      }
      const moment = { atMs: occurredAt };
      const messages = part.map(data, moment).map(frameText);
      const common = { messages, key, occurredAt };
      if (part.kind === 'event')
        return { ...common, cursor: cursorOf(data), opening: () => [], priority: part.priority(data) };
      const { opening } = part;
      if (messages.length === 0 && opening === null) return null;
      const atConnect = !part.atConnect(data)
        ? () => []
        : opening === null
          ? () => messages
          : once(() => opening(data, moment).map(frameText));
      return { ...common, cursor: null, opening: atConnect, priority: 'normal' };
    },
    bytes: ({ messages }) => messages.reduce((sum, { text, frame }) => sum + text.length + frame.length, 0),
  };
}

/** A subscription to events has one field, which selects the cursor: `eventPart` requires it. */
function cursorOf(data: ExecutionResult['data']): string {
  const [event] = Object.values(data ?? {}) as { readonly cursor: string }[];
  if (event === undefined) throw new Error('the result of a subscription to events is empty');
  return event.cursor;
}

/** The value is computed on the first call, and shared by all clients. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
