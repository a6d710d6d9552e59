import { randomBytes, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { cpuUs, sharedNow } from './lib/clock.ts';
import { answer } from './lib/rpc.ts';
import { numberPattern } from './lib/sample.ts';

/**
 * Thousands of WebSocket clients in one process. It reads frame headers and twelve digits of each message and no more,
 * into one buffer that all sockets share, so that it is not what is measured. It knows for every stream which event
 * comes next, and counts what is lost and what comes twice.
 */

export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly path: string;
  /** null: messages come by themselves. `$N` in a query is the number of the connection. */
  readonly subscriptions:
    | readonly { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> }[]
    | null;
  /** Streams of one connection. */
  readonly streams: number;
  /** Handshakes under way at a time. */
  readonly inFlight: number;
  /** What a connection must have before it counts as there. */
  readonly until: 'open' | 'subscribed' | 'first';
}

export interface Loaded {
  /** Milliseconds until the last connection was open, acknowledged, and had what was waited for. */
  readonly openMs: number;
  readonly acknowledgedMs: number;
  readonly thereMs: number;
}

export interface Round {
  readonly from: number;
  readonly to: number;
  readonly timeoutMs: number;
}

export interface Received {
  readonly messages: number;
  readonly lost: number;
  readonly doubled: number;
  /** When the last stream had each event, by the shared clock. */
  readonly lastAt: readonly number[];
  readonly cpuUs: number;
  readonly wallMs: number;
}

export interface Client extends Record<string, (argument: never) => unknown> {
  readonly open: (load: Load) => Promise<Loaded>;
  /** Waits until every stream has had the events `from` to `to`. */
  readonly round: (round: Round) => Promise<Received>;
  /** The first message of the first connection. */
  readonly message: (argument: null) => Promise<string>;
  /** Reads nothing more. */
  readonly stall: (argument: null) => void;
  /** Every socket is reset. */
  readonly close: (argument: null) => Promise<void>;
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
  there = false;
  /** The beginning of what has not come whole. */
  rest: Buffer | null = null;
  /** Where the number stands, from the end of a message; 0: not known yet. */
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
let there = 0;
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
let doubled = 0;
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
    // One address has some 28,000 ports, and those just used rest for a minute.
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
      return fail(`the handshake was refused: ${data.toString('latin1')}`);
    connection.handshaken = true;
    openMs = now - startedAt;
    if (load.subscriptions !== null) send(connection, '{"type":"connection_init"}');
    else if (load.until === 'open') arrived(connection);
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

/** What is left is copied: the next socket reads into the same buffer. */
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

/** The ten digits behind 77; -1 when there are none. */
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

/** A message that is not known yet, or is of the protocol. */
function unknown(connection: Connection, data: Buffer, from: number, to: number): void {
  const text = data.toString('utf8', from, to);
  if (text.startsWith('{"type":"connection_ack"')) return acknowledged(connection);
  if (text.startsWith('{"type":"ping"')) return send(connection, '{"type":"pong"}');
  if (text.startsWith('{"type":"pong"')) {
    if (load.until === 'subscribed') arrived(connection);
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
    // Of its own, as the stock client makes it. We know ours by the first character, and it must not look like a number.
    const id = `${panel}${randomUUID().slice(1).replaceAll('7', 'a')}`;
    send(connection, JSON.stringify({ id, type: 'subscribe', payload }));
  }
  // Answered in its turn, so what comes before it has been seen.
  if (load.until === 'subscribed') send(connection, '{"type":"ping"}');
  if (load.until === 'open') arrived(connection);
}

function arrived(connection: Connection): void {
  if (connection.there) return;
  connection.there = true;
  there++;
  if (started < load.connections) openNext();
  if (there < load.connections) return;
  loaded?.resolve({ openMs, acknowledgedMs, thereMs: now - startedAt });
  loaded = null;
}

function counted(connection: Connection, event: number, data: Buffer, from: number): void {
  if (load.until === 'first') arrived(connection);
  // `{"id":"3…",…`: with several streams the id tells which one it is.
  const stream = load.streams === 1 ? 0 : (data[from + 7] ?? 0) - 0x30;
  const at = connection.index * load.streams + stream;
  const before = newest[at] ?? 0;
  if (event === 0 && before === 0) return; // the value that was there before anything happened
  messages++;
  if (event === before + 1) newest[at] = event;
  else if (event <= before) doubled++;
  else {
    lost += event - before - 1;
    newest[at] = event;
  }
  if (event >= base) lastAt[event - base] = now;
  if (event >= target && before < target && ++reached === newest.length) done?.();
}

/** A masked frame whose mask is zero, which changes nothing. */
function send({ socket }: Connection, text: string, opcode = opcodeText): void {
  const payload = Buffer.from(text);
  const { length } = payload;
  const header =
    length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | length, 0, 0, 0, 0])
      : Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 0xff, 0, 0, 0, 0]);
  socket.write(Buffer.concat([header, payload]));
}

answer({
  open(wanted) {
    load = wanted;
    connections = [];
    newest = new Float64Array(load.connections * load.streams);
    started = 0;
    there = 0;
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
      doubled,
      lastAt,
      cpuUs: cpuUs() - cpuBefore,
      wallMs: performance.now() - began,
    };
    done = null;
    lost = 0;
    doubled = 0;
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
