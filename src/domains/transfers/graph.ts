import './deliver.graph.ts';
import './deliveries.graph.ts';
import './events.graph.ts';
import './send.graph.ts';
import './transfers.graph.ts';
