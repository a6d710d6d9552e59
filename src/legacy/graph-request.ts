import type { Viewer } from '../auth/viewer.ts';
import type { Engine } from '../engine/engine.ts';
import type { Document } from './message.ts';

/** Executes a query or mutation of a dialect. @throws the first error of the result, or RequestError. */
export async function graphRequest<Data, Variables extends Readonly<Record<string, unknown>>>(
  engine: Engine,
  viewer: Viewer,
  query: Document<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const request = { query, variables };
  const { data, errors } = await engine.execute(engine.prepare(request, viewer), request, viewer);
  const [error] = errors ?? [];
  if (error !== undefined) throw error;
  return data as Data;
}
