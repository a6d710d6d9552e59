import './events.graph.ts';
import './producers.graph.ts';
import './uploads.graph.ts';
