import { count, flag, integer, mebibytes, milliseconds } from './parsers.ts';
import { section } from './setting.ts';
import type { AddressLimit } from '../lib/concurrency-limiter.ts';

const messageBytesMax = 64 * 1024 * 1024;
const budget = mebibytes(1, 1024 * 1024);
/** The share of one address in the budget. */
const perAddressShare = 1 / 16;

export const socketSettings = section({
  title: 'WebSocket limits',
  prefix: 'WS_',
  settings: {
    messagesPerSecondMax: {
      env: 'WS_MESSAGE_RATE',
      type: count,
      default: '10',
      description: 'Messages that a client of an old feed may send in any second.',
    },
    messageBytesMax: {
      env: 'WS_MAX_MESSAGE_BYTES',
      type: integer(256, messageBytesMax),
      default: '1048576',
      description: 'Largest message that a client may send, in bytes.',
    },
    connectionsPerAddressMax: {
      env: 'WS_MAX_CONNECTIONS_PER_IP',
      type: count,
      default: '100',
      description: 'Open WebSockets per client address, for each old system that promises a limit.',
    },
    connectionsMax: {
      env: 'MAX_WS_CONNECTIONS',
      type: count,
      default: '10000',
      description: 'Open WebSockets in total.',
    },
    drainMs: {
      env: 'DRAIN_MS',
      type: milliseconds(0),
      default: '5000',
      description:
        'When the server stops, it closes its WebSockets and event streams within this time, a few together, so that their clients do not reconnect to other instances all at the same time. 10 or fewer are closed immediately.',
    },
    compression: {
      env: 'WS_COMPRESSION',
      type: flag,
      default: 'false',
      description: 'Compress messages of 1 KiB or more.',
    },
  },
});

/** Limits on the memory that the process holds for its clients. */
export const memorySettings = section({
  title: 'Memory',
  settings: {
    budgetBytes: {
      env: 'MEMORY_BUDGET_MB',
      type: budget,
      default: '768',
      description:
        'MiB of memory for what is held for clients: events, messages, documents, subscriptions, and events waiting to be stored.',
    },
    perAddress: {
      env: 'MEMORY_BUDGET_MB_PER_IP',
      type: budget,
      unset: 'a sixteenth of MEMORY_BUDGET_MB, except for loopback addresses',
      description:
        'MiB of that memory for one client address: its open subscriptions and what it has not read yet. Loopback addresses, which may be a proxy, are limited only when it is set.',
    },
  },
  resolve: ({ budgetBytes, perAddress }) => ({
    budgetBytes,
    perAddress: addressLimit(perAddress, Math.floor(budgetBytes * perAddressShare)),
  }),
});

/** A loopback address is limited only on purpose, because it may be a proxy with all its clients behind it. */
export function addressLimit(max: number | null, fallback: number): AddressLimit {
  return { max: max ?? fallback, loopback: max !== null };
}
