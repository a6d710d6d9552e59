import type { Viewer } from '../../auth/viewer.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Encoder } from '../../delivery/encoder.ts';
import { chunkBytesMax } from '../../lib/chunks.ts';
import type { Document } from '../dialect.ts';
import type { Delivery } from './deliveries.ts';
import {
  ArchmeshDeliveriesDocument,
  ArchmeshDeliveryDocument,
  ArchmeshTransferChunkDocument,
  type ArchmeshDeliveriesSubscription,
} from '../documents.generated.ts';

export const deliveriesQuery = ArchmeshDeliveriesDocument;

/** About what a delivery takes in memory. */
const deliveryBytes = 512;

export const deliveryEncoder: Encoder<Delivery> = {
  id: 'archmesh /ws deliveries',
  encode({ data, errors }) {
    const [error] = errors ?? [];
    if (error !== undefined) throw error; // a delivery that is left out would be a hole
    return (data as ArchmeshDeliveriesSubscription).transferDeliveryEvents;
  },
  bytes: () => deliveryBytes,
};

/** A delivery to this user; null when there is no such one (any more). @throws when the store fails. */
export async function readDelivery(engine: Engine, viewer: Viewer, id: string): Promise<Delivery | null> {
  const { transferDelivery } = await ask(engine, viewer, ArchmeshDeliveryDocument, { id });
  return transferDelivery;
}

/** A chunk's bytes, base64; null when the transfer is no longer kept. @throws when the store fails. */
export async function readChunk(
  engine: Engine,
  viewer: Viewer,
  { transferId, totalBytes }: Delivery,
  index: number,
): Promise<string | null> {
  const variables = { id: transferId, index, bytes: chunkBytesMax };
  const { transfer } = await ask(engine, viewer, ArchmeshTransferChunkDocument, variables);
  if (transfer !== null && totalBytes === 0) return '';
  return transfer?.chunk ?? null;
}

async function ask<Data, Variables extends Readonly<Record<string, unknown>>>(
  engine: Engine,
  viewer: Viewer,
  query: Document<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const request = { query, variables };
  const { data, errors } = await engine.execute(engine.prepare(request, viewer), request, viewer);
  if (errors !== undefined) throw errors[0];
  return data as Data;
}
