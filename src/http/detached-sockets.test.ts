import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { ignoreUpgrade } from './detached-sockets.ts';

it('keeps the event stream of a client that offered another protocol while bytes are transferred', () => {
  vi.useFakeTimers();
  try {
    const socket = new Socket();
    const request = new IncomingMessage(socket);
    request.method = 'GET';
    ignoreUpgrade(
      request,
      socket,
      90_000,
      (one) => new ServerResponse(one),
      () => {},
    );
    expect(socket.timeout).toBe(90_000); // of inactivity; each byte restarts it
    vi.advanceTimersByTime(80_000);
    socket.emit('data', '');
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1); // this one only
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  } finally {
    vi.useRealTimers();
  }
});
