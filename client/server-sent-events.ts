/** One event of a stream. */
export interface ServerSentEvent {
  /** Empty: only the position has changed. */
  readonly type: string;
  readonly data: string;
  /** The position after the event, if it has changed. */
  readonly id: string | null;
}

/** A longer event is not one of this server. */
const eventCharsMax = 64 * 1024 * 1024;

/** Reads events. @param received is called for each piece, also for pings. */
export async function* eventsOf(
  body: ReadableStream<Uint8Array>,
  received: () => void,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      received();
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      if (rest.length > eventCharsMax) throw new Error('An event of the stream is too long.');
      for (const block of blocks) {
        const event = eventIn(block);
        if (event !== null) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function eventIn(block: string): ServerSentEvent | null {
  let type = '';
  let id: string | null = null;
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^(event|data|id):? ?([^]*)$/.exec(line) ?? [];
    if (name === 'event') type = value;
    else if (name === 'data') data.push(value);
    else if (name === 'id' && value !== '') id = value;
  }
  return type === '' && id === null ? null : { type, data: data.join('\n'), id };
}
