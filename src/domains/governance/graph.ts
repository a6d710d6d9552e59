/** The governance part of the graph: roles, the audit log, and what changes them. */
import './audit.graph.ts';
import './mutations.graph.ts';
import './roles.graph.ts';
