import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { ignoreUpgrade } from './detached-sockets.ts';

it('a client that offered another protocol keeps its event stream for as long as bytes move', () => {
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
    expect(socket.timeout).toBe(90_000); // of inactivity, which each byte begins anew
    vi.advanceTimersByTime(80_000);
    socket.emit('data', '');
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1); // that one, and no other
    expect(socket.destroyed).toBe(false);
    socket.destroy();
  } finally {
    vi.useRealTimers();
  }
});
