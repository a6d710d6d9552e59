import type { CryptoSocketsFragment } from '../documents.generated.ts';

/** The feed of this system. Its statistics count only the sockets of this feed. */
export const feedPath = '/ws/live';

export function openSockets({ endpoints }: CryptoSocketsFragment): number {
  return endpoints.find(({ path }) => path === feedPath)?.open ?? 0;
}

/** The id of a client in messages and lists. */
export function clientId(socketId: string): string {
  return `client_${socketId}`;
}
