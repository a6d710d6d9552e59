import './notifications.graph.ts';
import './producers.graph.ts';
