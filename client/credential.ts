/** The token of a client, and when it has to be renewed. */

export type TokenSource = string | (() => string | undefined | Promise<string | undefined>);

export interface Credential {
  /** The token for a new connection or request. */
  get(): Promise<string | undefined>;
  /** Whether `get` may return another token than the one that the server rejected. */
  readonly isRenewable: boolean;
}

export function credentialOf(source: TokenSource | undefined): Credential {
  if (typeof source === 'function')
    return { isRenewable: true, get: async () => emptyToUndefined(await source()) };
  return { isRenewable: false, get: () => Promise.resolve(emptyToUndefined(source)) };
}

function emptyToUndefined(token: string | undefined): string | undefined {
  return token === '' ? undefined : token;
}

/** When a JWT expires, in milliseconds since 1970. Null: it does not, or the token is opaque. */
export function expiryOf(token: string): number | null {
  const [, payload = ''] = token.split('.');
  try {
    const base64 = payload.replaceAll('-', '+').replaceAll('_', '/');
    const { exp } = JSON.parse(atob(base64)) as { readonly exp?: unknown };
    return typeof exp === 'number' ? exp * 1_000 : null;
  } catch {
    return null;
  }
}
