import { connect, type Socket } from 'node:net';
import { cpuUs } from './lib/clock.ts';
import { handleRequests } from './lib/rpc.ts';

/** HTTP clients on keep-alive connections. Each has one request in progress, and reads only what it needs. */

export interface HttpLoad {
  readonly port: number;
  readonly connections: number;
  readonly body: string;
}

export interface LoadResult {
  readonly requests: number;
  readonly wallMs: number;
  readonly cpuUs: number;
}

export interface HttpClient extends Record<string, (argument: never) => unknown> {
  /** Opens the connections. @returns the body of one response. */
  readonly open: (load: HttpLoad) => Promise<string>;
  readonly run: (options: { readonly seconds: number }) => Promise<LoadResult>;
}

let request = Buffer.alloc(0);
let sockets: Socket[] = [];
let requests = 0;
let running = false;
let idle = 0;
let stopped: () => void = () => {};
let expected: number | null = null;

/** The response, or null if it is not complete. */
function responseIn(data: Buffer): { readonly body: string } | null {
  const end = data.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = data.toString('latin1', 0, end);
  if (!head.startsWith('HTTP/1.1 200')) throw new Error(`a request failed: ${data.toString('latin1')}`);
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`a response has no length: ${head}`);
  if (data.length < end + 4 + Number(length)) return null;
  return { body: data.toString('utf8', end + 4) };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => resolve(socket));
    socket.setNoDelay(true);
    socket.on('error', reject);
    let rest: Buffer | null = null;
    socket.on('data', (fresh) => {
      const data: Buffer = rest === null ? fresh : Buffer.concat([rest, fresh]);
      // All responses have the same length, because the date has a constant length too.
      if (data.length !== expected && responseIn(data) === null) {
        rest = data;
        return;
      }
      rest = null;
      expected = data.length;
      requests++;
      if (running) socket.write(request);
      else if (++idle === sockets.length) stopped();
    });
  });
}

handleRequests({
  async open({ port, connections, body }) {
    request = Buffer.from(
      `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
        `Accept: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    const first = await open(port);
    const text = await new Promise<string>((resolve, reject) => {
      first.once('data', (data) => {
        const whole = responseIn(data);
        if (whole === null) reject(new Error('the response arrived in parts'));
        else resolve(whole.body);
      });
      first.write(request);
    });
    sockets = [first];
    while (sockets.length < connections) sockets.push(await open(port));
    return text;
  },
  async run({ seconds }) {
    requests = 0;
    idle = 0;
    running = true;
    const began = performance.now();
    const cpuBefore = cpuUs();
    for (const socket of sockets) socket.write(request);
    const all = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    setTimeout(() => {
      running = false;
    }, seconds * 1_000);
    await all;
    return { requests, wallMs: performance.now() - began, cpuUs: cpuUs() - cpuBefore };
  },
} satisfies HttpClient);
