import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A TCP connection that sends arbitrary bytes. It keeps the received bytes, one character per byte. */
export class Wire {
  readonly socket: Socket;
  readonly closed: Promise<string>;
  text = '';
  #ended = false;
  #waiting: (() => void)[] = [];

  constructor(port: number, { keep = false }: { readonly keep?: boolean } = {}) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.setEncoding('latin1');
    this.socket.on('data', (chunk) => {
      this.text += String(chunk);
      this.#wake();
    });
    this.socket.on('error', () => {}); // cut off, which is seen as closed
    this.closed = new Promise((resolve) => {
      this.socket.once('close', () => {
        this.#ended = true;
        this.#wake();
        resolve(this.text);
      });
    });
    if (!keep) onTestFinished(() => void this.socket.destroy());
  }

  say(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Resolves when it has gone out. */
  async saySlowly(text: string): Promise<void> {
    if (this.#ended || this.socket.write(text, 'latin1')) return;
    await Promise.race([once(this.socket, 'drain').catch(() => {}), this.closed]);
  }

  /** What was heard, once it holds what is wanted. @throws when it is closed before. */
  async until(wanted: (text: string) => boolean): Promise<string> {
    while (!wanted(this.text)) {
      if (this.#ended) throw new Error(`closed after ${JSON.stringify(this.text.slice(-300))}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.text;
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** What is answered to bytes after which the server closes: the status, 0 without any, and the whole text. */
export async function exchange(port: number, bytes: string): Promise<{ status: number; text: string }> {
  const wire = new Wire(port);
  wire.say(bytes);
  const text = await wire.closed;
  return { status: statusIn(text), text };
}

export function statusIn(text: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
}

/** A request's head: lines, and the empty one. */
export function head(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

// WebSockets

interface HandshakeOptions {
  readonly key?: string;
  readonly version?: string;
  readonly headers?: readonly string[];
}

export function handshake(
  path: string,
  { key = 'dGhlIHNhbXBsZSBub25jZQ==', version = '13', headers = [] }: HandshakeOptions = {},
): string {
  return head(
    `GET ${path} HTTP/1.1`,
    'Host: localhost',
    'Upgrade: websocket',
    'Connection: Upgrade',
    ...(path === '/graphql' ? ['Sec-WebSocket-Protocol: graphql-transport-ws'] : []),
    `Sec-WebSocket-Key: ${key}`,
    `Sec-WebSocket-Version: ${version}`,
    ...headers,
  );
}

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

interface FrameOptions {
  readonly opcode?: number;
  readonly last?: boolean;
  /** The three reserved bits. */
  readonly reserved?: number;
  readonly masked?: boolean;
  /** What the frame says of its length. Default: the truth. */
  readonly declared?: number;
}

/** A frame as a client sends it, right or wrong. @param payload a byte a character. */
export function frame(
  payload: string,
  { opcode = opcodes.text, last = true, reserved = 0, masked = true, declared }: FrameOptions = {},
): string {
  const bytes = Buffer.from(payload, 'latin1');
  const length = declared ?? bytes.length;
  const mask = masked ? 0x80 : 0;
  const first = Buffer.from([(last ? 0x80 : 0) | (reserved << 4) | opcode]);
  const lengths = Buffer.alloc(length < 126 ? 1 : length < 65_536 ? 3 : 9);
  lengths[0] = mask | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (lengths.length === 3) lengths.writeUInt16BE(length, 1);
  if (lengths.length === 9) lengths.writeBigUInt64BE(BigInt(length), 1);
  const key = Buffer.from([1, 2, 3, 4]);
  const written = masked ? [key, bytes.map((byte, index) => byte ^ (key[index % 4] ?? 0))] : [bytes];
  return Buffer.concat([first, lengths, ...written]).toString('latin1');
}

/** A WebSocket as far as its handshake has gone. */
export async function openWire(port: number, path: string, options?: HandshakeOptions): Promise<Wire> {
  const wire = new Wire(port);
  wire.say(handshake(path, options));
  await wire.until((text) => text.includes('\r\n\r\n'));
  if (statusIn(wire.text) !== 101) throw new Error(`refused: ${wire.text}`);
  return wire;
}

/** The code with which the server ends it; null: it was cut off. */
export async function closeCode(wire: Wire): Promise<number | null> {
  const seen = (text: string): boolean => closeIn(text) !== null;
  await wire.until(seen).catch(() => {});
  return closeIn(wire.text);
}

function closeIn(text: string): number | null {
  const bytes = Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1');
  for (let at = 0; at + 2 <= bytes.length;) {
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    if (start > bytes.length) return null;
    const length =
      short < 126
        ? short
        : short === 126
          ? bytes.readUInt16BE(at + 2)
          : Number(bytes.readBigUInt64BE(at + 2));
    if (((bytes[at] ?? 0) & 0x0f) === opcodes.close && start + 2 <= bytes.length)
      return bytes.readUInt16BE(start);
    at = start + length;
  }
  return null;
}
