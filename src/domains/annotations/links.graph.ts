import { connectionLink, nodeLink } from '../../graph/links.ts';
import { Agent } from '../agents/agents.graph.ts';
import { Host } from '../host/graph.ts';
import { metrics, MetricType } from '../metrics/graph.ts';
import { DeployedModelType } from '../models/deployments.graph.ts';
import { Provider } from '../providers/graph.ts';
import { Annotation, annotations } from './graph.ts';

nodeLink(Annotation, 'host', {
  to: Host,
  description: 'The host with the id `hostId`. Null if there is none, or if this server does not know it.',
  key: ({ hostId }) => hostId,
});

nodeLink(Annotation, 'agent', {
  to: Agent,
  description: 'The agent with the id `agentId`. Null if there is none, or if it is unknown.',
  key: ({ agentId }) => agentId,
});

nodeLink(Annotation, 'provider', {
  to: Provider,
  description:
    'The provider with the name `providerName`. Null if there is none, or if it is not configured.',
  key: ({ provider }) => provider,
});

nodeLink(Annotation, 'model', {
  to: DeployedModelType,
  description: 'The deployed model with the id `modelId`. Null if there is none, or if it is unknown.',
  key: ({ modelId }) => modelId,
});

connectionLink(Annotation, 'metrics', metrics, {
  description:
    'The series of the metric with the name `metricName` that have a recent value, in the alphabetical order of their ' +
    'labels. Empty if the annotation is not about a metric. Source: memory.',
  of: ({ metricName }) => ({ names: metricName === null ? [] : [metricName] }),
});

connectionLink(MetricType, 'annotations', annotations, {
  description: 'The annotations about the metric with this name, latest `startsAt` first.',
  of: ({ name }) => ({ metricName: name }),
});

const description = (noun: string): string => `The annotations about the ${noun}, latest \`startsAt\` first.`;

connectionLink(Host, 'annotations', annotations, {
  description: description('host'),
  of: ({ hostId }) => ({ hostId }),
});

connectionLink(Agent, 'annotations', annotations, {
  description: description('agent'),
  of: ({ agentId }) => ({ agentId }),
});

connectionLink(Provider, 'annotations', annotations, {
  description: description('provider'),
  of: ({ name }) => ({ providerName: name }),
});

connectionLink(DeployedModelType, 'annotations', annotations, {
  description: description('model'),
  of: ({ modelId }) => ({ modelId }),
});
