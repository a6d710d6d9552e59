import type { CryptoSocketsFragment } from '../documents.generated.ts';

/** This system's own feed, whose sockets it counts. */
export const feedPath = '/ws/live';

export function openSockets({ endpoints }: CryptoSocketsFragment): number {
  return endpoints.find(({ path }) => path === feedPath)?.open ?? 0;
}

/** The id of a client in messages and lists. */
export function clientId(socketId: string): string {
  return `client_${socketId}`;
}
