import './events.graph.ts';
import './producers.graph.ts';
import './runs.graph.ts';
