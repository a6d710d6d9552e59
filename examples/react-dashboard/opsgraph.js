import { createContext, useCallback, useContext, useEffect, useState, useSyncExternalStore } from 'react';

/** Hooks for React over a client of `opsgraph/client`. */

export const ClientContext = createContext(null);

/** `connecting`, `live`, `catching-up`, `stale` or `offline`. */
export function useConnectionState() {
  const client = useContext(ClientContext);
  const subscribe = useCallback((changed) => client.onState(changed), [client]);
  return useSyncExternalStore(subscribe, () => client.state);
}

/** The newest result of a subscription to a gauge. Null: none has arrived. */
export function useLatest(document) {
  const client = useContext(ClientContext);
  const [data, setData] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => client.subscribe({ document }, { next: setData, error: setError }), [client, document]);
  return { data, error };
}

/**
 * A list that stays up to date: the page that `query` returns, and the events after its `liveCursor`.
 *
 * @param list `query` and `subscription` with the variable `after`, `pageOf(data)` returns the connection, `eventOf(data)`
 *   the event, `add(items, event)` the new items. It must not change between renders.
 */
export function useLiveList(list) {
  const client = useContext(ClientContext);
  const [items, setItems] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    let stop = () => {};
    let isCurrent = true;
    const load = async () => {
      const { liveCursor, edges } = list.pageOf(await client.query(list.query));
      if (isCurrent) setItems(edges.map(({ node }) => node));
      return liveCursor;
    };
    const start = async () => {
      const after = await load();
      if (!isCurrent) return;
      stop = client.subscribe(
        { document: list.subscription, variables: { after } },
        {
          next: (data) => setItems((before) => list.add(before, list.eventOf(data))),
          gap: async () => ({ after: await load() }), // events are missing: read the list again, and continue after it
          error: setError,
        },
      );
    };
    start().catch((failure) => setError(failure));
    return () => {
      isCurrent = false;
      stop();
    };
  }, [client, list]);
  return { items, error };
}
