import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Rejection } from './request.ts';

/**
 * Handles the server's `upgrade` event. Never throws, and answers or ends every socket that it gets.
 * @param refusal why the request is rejected already; it has to be sent, counted and logged.
 */
export type UpgradeHandler = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  refusal?: Rejection,
) => void;
