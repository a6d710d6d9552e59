import { ApolloLink, Observable } from '@apollo/client/core';
import { relayStylePagination } from '@apollo/client/utilities';
import { connections, possibleTypes, valueTypes } from './cache-data.generated.ts';
import type { Client } from './client.ts';
import { textOf } from './document.ts';

/** For Apollo Client 3 and 4: a link that sends every operation over a client, and what its cache needs to know. */

export { possibleTypes } from './cache-data.generated.ts';

/**
 * A terminating link for queries, mutations and subscriptions:
 *
 *     new ApolloClient({ link: opsgraphLink(client), cache: new InMemoryCache(cacheOptions) })
 *
 * A gap is a result whose error has the code `CURSOR_EXPIRED` or `CURSOR_INVALID`, after which the events continue.
 */
export function opsgraphLink(client: Client): ApolloLink {
  return new ApolloLink(
    ({ query, variables, operationName, extensions }) =>
      new Observable<ApolloLink.Result>((observer) => {
        const request = { query: textOf(query), variables, operationName, extensions };
        return client.execute(request, {
          next: (result) => observer.next(result as ApolloLink.Result),
          error: (error) => observer.error(error),
          complete: () => observer.complete(),
        });
      }),
  );
}

/** Lists are Relay connections; types without `id` are parts of other objects. */
export const typePolicies = {
  ...Object.fromEntries(valueTypes.map((name) => [name, { keyFields: false as const }])),
  ...Object.fromEntries(
    Object.entries(connections).map(([type, fields]) => [
      type,
      {
        ...(valueTypes.includes(type) && { keyFields: false as const }),
        fields: Object.fromEntries(
          Object.entries(fields).map(([field, args]) => [field, relayStylePagination([...args])]),
        ),
      },
    ]),
  ),
};

/** For `new InMemoryCache(cacheOptions)`. */
export const cacheOptions = { possibleTypes, typePolicies };
