import './events.graph.ts';
import './send.graph.ts';
import './transfers.graph.ts';
