/** The graph of the agents, a file each: what they are, what they did, what was done to them, and what they report. */
import './agents.graph.ts';
import './decisions.graph.ts';
import './events.graph.ts';
import './intervene.graph.ts';
import './interventions.graph.ts';
import './kpis.graph.ts';
import './reports.graph.ts';
