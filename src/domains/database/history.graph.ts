import { gaugeHistory } from '../history/graph.ts';
import './rule-fields.graph.ts';

gaugeHistory('databaseHistory', {
  gauge: 'database',
  type: 'DatabaseHistoryPoint',
  of: 'the database of the server',
});
