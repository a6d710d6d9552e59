/** The part of the graph about what runs by the clock. */
import './jobs.graph.ts';
import './runs.graph.ts';
import './trigger.graph.ts';
