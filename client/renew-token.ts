import { OpsgraphError } from './errors.ts';
import type { GraphqlResult, Transport } from './transport.ts';

const query = `mutation ($token: String!) {
  renewToken(input: { token: $token }) {
    ... on RenewTokenSuccess { credential { expiresAt } }
    ... on Failure { code message }
  }
}`;

/**
 * Replaces the credential of a connection.
 *
 * @returns when the new one expires, in milliseconds since 1970. Null: it does not.
 * @throws OpsgraphError if the server rejects it.
 */
export function renewToken(transport: Transport, token: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const rejected = (message: string): void =>
      reject(new OpsgraphError([], { message, code: 'AUTHENTICATION_FAILED' }));
    void transport.closed.then(({ message }) => rejected(message));
    transport.start(
      { query, variables: { token } },
      {
        next({ data, errors = [] }: GraphqlResult) {
          const result = data?.['renewToken'] as
            | { readonly credential?: { readonly expiresAt: string | null }; readonly message?: string }
            | undefined;
          if (result?.credential === undefined) return rejected(result?.message ?? errors[0]?.message ?? '');
          const { expiresAt } = result.credential;
          resolve(expiresAt === null ? null : Date.parse(expiresAt));
        },
        error: (errors) => reject(new OpsgraphError(errors)),
        complete: () => {},
      },
    );
  });
}
