import type { Engine } from '../../engine/engine.ts';
import type { SocketConnection } from '../../websocket/endpoint.ts';
import { ArchmeshSendChunkDocument, type ArchmeshSendChunkMutation } from '../documents.generated.ts';
import { chunkTaken } from './map.ts';
import type { ClientChunk } from './messages.ts';

/** Hands a chunk to the graph. @throws when the store fails. */
export async function takeChunk(
  engine: Engine,
  { id, viewer }: SocketConnection,
  chunk: ClientChunk,
): Promise<ReturnType<typeof chunkTaken>> {
  const input = {
    session: id,
    dataId: chunk.data_id,
    chunkIndex: chunk.chunk_index,
    totalChunks: chunk.total_chunks,
    chunkData: chunk.chunk_data,
    checksum: chunk.checksum,
    deliverTo: chunk.user_id ?? null,
  };
  const request = { query: ArchmeshSendChunkDocument, variables: { input } };
  const { data, errors } = await engine.execute(engine.prepare(request, viewer), request, viewer);
  if (errors !== undefined) throw errors[0];
  return chunkTaken(data as ArchmeshSendChunkMutation);
}
