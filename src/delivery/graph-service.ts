import { createEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import { createDelivery, type Delivery, type DeliveryOptions } from './delivery.ts';

export type GraphServiceOptions = Omit<EngineOptions, 'gauges'> & Omit<DeliveryOptions, 'engine'>;

/** Engine and delivery with the same schema, limits and memory budget. */
export interface GraphService {
  readonly engine: Engine;
  readonly delivery: Delivery;
}

export function createGraphService(options: GraphServiceOptions): GraphService {
  const engine = createEngine({ ...options, gauges: options.journal.gauges });
  return { engine, delivery: createDelivery({ ...options, engine }) };
}
