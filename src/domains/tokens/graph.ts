import './mutations.graph.ts';
import './tokens.graph.ts';
import './renew.graph.ts';
