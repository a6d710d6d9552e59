/** The part of the graph about what needs attention. */
import './alerts.graph.ts';
import './events.graph.ts';
import './mutations.graph.ts';
