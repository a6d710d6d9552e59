import { randomBytes, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { cpuUs, sharedNow } from './lib/clock.ts';
import { handleRequests } from './lib/rpc.ts';
import { numberPattern } from './lib/sample.ts';

/**
 * The load generator: thousands of WebSocket clients in one process. To keep its own cost low, it reads only the frame
 * headers and twelve digits of each message, into one buffer that all sockets share. It knows the next event of every
 * stream, and counts lost and duplicated ones.
 */

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly path: string;
  /** Null if the server sends messages without subscriptions. `$N` in a query is the connection's number. */
  readonly subscriptions:
    | readonly { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> }[]
    | null;
  /** Number of streams of one connection. */
  readonly streams: number;
  /** Maximum number of concurrent handshakes. */
  readonly inFlight: number;
  /** When a connection counts as ready. */
  readonly until: 'open' | 'subscribed' | 'first';
}

export interface Loaded {
  /** Milliseconds until the last connection was open, was acknowledged, and was ready. */
  readonly openMs: number;
  readonly acknowledgedMs: number;
  readonly readyMs: number;
}

export interface Round {
  readonly from: number;
  readonly to: number;
  readonly timeoutMs: number;
}

export interface Received {
  readonly messages: number;
  readonly lost: number;
  readonly duplicated: number;
  /** When the last stream received each event, on the shared clock. */
  readonly lastAt: readonly number[];
  readonly cpuUs: number;
  readonly wallMs: number;
}

export interface Client extends Record<string, (argument: never) => unknown> {
  readonly open: (load: Load) => Promise<Loaded>;
  /** Waits until every stream has received the events `from` to `to`. */
  readonly round: (round: Round) => Promise<Received>;
  /** The first message of the first connection. */
  readonly message: (argument: null) => Promise<string>;
  /** Stops reading from all sockets. */
  readonly stall: (argument: null) => void;
  /** Resets all sockets. */
  readonly close: (argument: null) => Promise<void>;
  /** The number of closed connections. */
  readonly closed: (argument: null) => number;
}

const opcodeText = 1;
const opcodeClose = 8;
const opcodePing = 9;
const opcodePong = 10;
const loopbacks = process.platform === 'linux' ? 8 : 1;

class Connection {
  readonly index: number;
  socket: Socket;
  handshaken = false;
  ready = false;
  /** The beginning of an incomplete frame. */
  rest: Buffer | null = null;
  /** The offset of the event's number from the end of a message; 0: not known yet. */
  fromEnd = 0;

  constructor(index: number, socket: Socket) {
    this.index = index;
    this.socket = socket;
  }
}

const shared = Buffer.allocUnsafe(256 * 1024);
let load: Load = {
  port: 0,
  connections: 0,
  path: '/',
  subscriptions: null,
  streams: 1,
  inFlight: 1,
  until: 'open',
};
let connections: Connection[] = [];
let started = 0;
let ready = 0;
let startedAt = 0;
let openMs = 0;
let acknowledgedMs = 0;
let loaded: { resolve: (value: Loaded) => void; reject: (error: Error) => void } | null = null;
let closing = false;
let closed = 0;
let firstMessage: string | null = null;
let wantsMessage: ((text: string) => void) | null = null;

/** The newest event of each stream. */
let newest = new Float64Array(0);
let messages = 0;
let lost = 0;
let duplicated = 0;
let target = Number.POSITIVE_INFINITY;
let base = 0;
let lastAt: number[] = [];
let reached = 0;
let done: (() => void) | null = null;
let now = 0;

function openNext(): void {
  const index = started++;
  const socket = connect({
    port: load.port,
    host: '127.0.0.1',
    // One address has about 28,000 ports, and a port cannot be reused for a minute after its connection.
    ...(loopbacks > 1 ? { localAddress: `127.0.0.${2 + (index % loopbacks)}` } : {}),
    onread: {
      buffer: shared,
      callback(bytes) {
        read(connection, bytes);
        return true;
      },
    },
  });
  const connection = new Connection(index, socket);
  connections[index] = connection;
  socket.setNoDelay(true);
  socket.on('error', (error) => fail(`connection ${index}: ${error.message}`));
  socket.on('close', () => {
    closed++;
    if (!closing) fail(`connection ${index} was closed`);
  });
  const protocol = load.subscriptions === null ? '' : 'Sec-WebSocket-Protocol: graphql-transport-ws\r\n';
  socket.write(
    `GET ${load.path} HTTP/1.1\r\nHost: 127.0.0.1:${load.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n${protocol}\r\n`,
  );
}

function fail(reason: string): void {
  if (loaded === null) process.stderr.write(`client: ${reason}\n`);
  loaded?.reject(new Error(reason));
  loaded = null;
}

function read(connection: Connection, bytes: number): void {
  now = sharedNow();
  const { rest } = connection;
  const fresh = shared.subarray(0, bytes);
  const data = rest === null ? fresh : Buffer.concat([rest, fresh]);
  let at = 0;
  if (!connection.handshaken) {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) return keep(connection, data, 0);
    const head = data.toString('latin1', 0, end);
    if (!head.startsWith('HTTP/1.1 101'))
      return fail(`the handshake was rejected: ${data.toString('latin1')}`);
    connection.handshaken = true;
    openMs = now - startedAt;
    if (load.subscriptions !== null) send(connection, '{"type":"connection_init"}');
    else if (load.until === 'open') markReady(connection);
    at = end + 4;
  }
  while (data.length - at >= 2) {
    let length = (data[at + 1] ?? 0) & 0x7f;
    let header = 2;
    if (length === 126) {
      if (data.length - at < 4) break;
      length = data.readUInt16BE(at + 2);
      header = 4;
    } else if (length === 127) {
      if (data.length - at < 10) break;
      length = Number(data.readBigUInt64BE(at + 2));
      header = 10;
    }
    const from = at + header;
    if (data.length < from + length) break;
    take(connection, (data[at] ?? 0) & 0x0f, data, from, from + length);
    at = from + length;
  }
  return keep(connection, data, at);
}

/** Copies the remaining bytes, because the next socket reads into the same buffer. */
function keep(connection: Connection, data: Buffer, at: number): void {
  connection.rest = at < data.length ? Buffer.from(data.subarray(at)) : null;
}

function take(connection: Connection, opcode: number, data: Buffer, from: number, to: number): void {
  if (opcode === opcodeText) {
    const event = connection.fromEnd === 0 ? -1 : numberAt(data, to - connection.fromEnd, from);
    if (event >= 0) counted(connection, event, data, from);
    else unknown(connection, data, from, to);
  } else if (opcode === opcodePing) {
    send(connection, data.toString('latin1', from, to), opcodePong);
  } else if (opcode === opcodeClose) {
    fail(`the server closed connection ${connection.index}: ${data.toString('latin1', from + 2, to)}`);
  }
}

/** The ten digits after 77; -1 without them. */
function numberAt(data: Buffer, start: number, from: number): number {
  if (start < from || data[start] !== 0x37 || data[start + 1] !== 0x37) return -1;
  let number = 0;
  for (let at = start + 2; at < start + 12; at++) {
    const digit = (data[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Handles a message of the protocol, or the first one with a number. */
function unknown(connection: Connection, data: Buffer, from: number, to: number): void {
  const text = data.toString('utf8', from, to);
  if (text.startsWith('{"type":"connection_ack"')) return acknowledged(connection);
  if (text.startsWith('{"type":"ping"')) return send(connection, '{"type":"pong"}');
  if (text.startsWith('{"type":"pong"')) {
    if (load.until === 'subscribed') markReady(connection);
    return undefined;
  }
  const found = numberPattern.exec(text);
  if (found === null) return fail(`an unexpected message: ${text.slice(0, 500)}`);
  const bytesBefore = Buffer.byteLength(text.slice(0, found.index));
  connection.fromEnd = to - from - bytesBefore;
  if (firstMessage === null) {
    firstMessage = text;
    wantsMessage?.(text);
  }
  return counted(connection, numberAt(data, from + bytesBefore, from), data, from);
}

function acknowledged(connection: Connection): void {
  acknowledgedMs = now - startedAt;
  for (const [panel, { query, variables }] of (load.subscriptions ?? []).entries()) {
    const text = query.replaceAll('$N', String(connection.index));
    const payload = { query: text, ...(variables === undefined ? {} : { variables }) };
    // A unique id, as the usual client creates it. Its first character is the stream, and it must not match `numberPattern`.
    const id = `${panel}${randomUUID().slice(1).replaceAll('7', 'a')}`;
    send(connection, JSON.stringify({ id, type: 'subscribe', payload }));
  }
  // The pong arrives after the responses to everything that was sent before the ping.
  if (load.until === 'subscribed') send(connection, '{"type":"ping"}');
  if (load.until === 'open') markReady(connection);
}

function markReady(connection: Connection): void {
  if (connection.ready) return;
  connection.ready = true;
  ready++;
  if (started < load.connections) openNext();
  if (ready < load.connections) return;
  loaded?.resolve({ openMs, acknowledgedMs, readyMs: now - startedAt });
  loaded = null;
}

function counted(connection: Connection, event: number, data: Buffer, from: number): void {
  if (load.until === 'first') markReady(connection);
  // With several streams, the first character of the id is the stream: `{"id":"3…",…`.
  const stream = load.streams === 1 ? 0 : (data[from + 7] ?? 0) - 0x30;
  const at = connection.index * load.streams + stream;
  const before = newest[at] ?? 0;
  if (event === 0 && before === 0) return; // the value from before the first event
  messages++;
  if (event === before + 1) newest[at] = event;
  else if (event <= before) duplicated++;
  else {
    lost += event - before - 1;
    newest[at] = event;
  }
  if (event >= base) lastAt[event - base] = now;
  if (event >= target && before < target && ++reached === newest.length) done?.();
}

/** Sends a masked frame. The mask is zero, so the payload is unchanged. */
function send({ socket }: Connection, text: string, opcode = opcodeText): void {
  const payload = Buffer.from(text);
  const { length } = payload;
  const header =
    length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | length, 0, 0, 0, 0])
      : Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 0xff, 0, 0, 0, 0]);
  socket.write(Buffer.concat([header, payload]));
}

handleRequests({
  open(wanted) {
    load = wanted;
    connections = [];
    newest = new Float64Array(load.connections * load.streams);
    started = 0;
    ready = 0;
    closing = false;
    startedAt = sharedNow();
    return new Promise((resolve, reject) => {
      loaded = { resolve, reject };
      while (started < Math.min(load.inFlight, load.connections)) openNext();
    });
  },
  async round({ from, to, timeoutMs }) {
    base = from;
    target = to;
    lastAt = Array.from({ length: to - from + 1 }, () => 0);
    reached = newest.reduce((count, event) => (event >= to ? count + 1 : count), 0);
    messages = 0;
    const cpuBefore = cpuUs();
    const began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, timeoutMs);
    });
    await Promise.race([
      late,
      reached === newest.length
        ? undefined
        : new Promise<void>((resolve) => {
            done = resolve;
          }),
    ]);
    clearTimeout(timer);
    const received = {
      messages,
      lost,
      duplicated,
      lastAt,
      cpuUs: cpuUs() - cpuBefore,
      wallMs: performance.now() - began,
    };
    done = null;
    lost = 0;
    duplicated = 0;
    return received;
  },
  message() {
    return new Promise((resolve) => {
      if (firstMessage === null) wantsMessage = resolve;
      else resolve(firstMessage);
    });
  },
  stall() {
    for (const { socket } of connections) socket.pause();
  },
  async close() {
    closing = true;
    await Promise.all(
      connections.map(
        ({ socket }) =>
          new Promise<void>((resolve) => {
            if (socket.closed) return resolve();
            socket.once('close', () => resolve());
            socket.resetAndDestroy();
          }),
      ),
    );
    connections = [];
  },
  closed: () => closed,
} satisfies Client);
