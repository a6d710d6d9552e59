import './events.graph.ts';
import './producers.graph.ts';
import './workflows.graph.ts';
