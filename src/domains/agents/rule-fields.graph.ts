import { itemOfKey, onlyItem, ruleFields } from '../../graph/rule-fields.ts';
import { agentStatusChanged, kpisChanged } from './events.ts';

ruleFields('agent', {
  topic: agentStatusChanged,
  everyMs: 10_000,
  items: itemOfKey,
  fields: {
    decisionCount: [null, 'Stored decisions of the agent.'],
    successPercent: ['percent', 'Successful decisions of those with a known outcome.'],
    avgResponseTimeMs: ['ms', 'Mean response time of the stored decisions of the agent.'],
  },
});

ruleFields('kpis', {
  topic: kpisChanged,
  everyMs: 10_000,
  items: onlyItem,
  fields: {
    decisionCount: [null, 'Stored decisions.'],
    recentDecisionCount: [null, 'Decisions of the last hour.'],
    avgResponseTimeMs: ['ms', 'Mean response time of the decisions of the last 24 hours.'],
    totalRevenue: [null, 'Revenue, as producers last reported it.'],
    totalProfit: [null, 'Profit, as producers last reported it.'],
    inventoryTurnover: [null, 'Inventory turnover, as producers last reported it.'],
    stockoutIncidentCount: [null, 'Stockouts, as producers last reported them.'],
    wasteReductionPercent: ['percent', 'Waste reduction, as producers last reported it.'],
    priceOptimizationScore: [null, 'Score of price optimization, as producers last reported it.'],
    promotionEffectiveness: [null, 'Effectiveness of promotions, as producers last reported it.'],
    agentCollaborationScore: [null, 'Score of the collaboration of agents, as producers last reported it.'],
  },
});
