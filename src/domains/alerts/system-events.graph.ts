import { eventSubscription } from '../../graph/event-subscription.ts';
import { eventType } from '../../graph/event.ts';
import { of, payloadFields, string } from '../../graph/exposed-fields.ts';
import { producerEvent } from '../../graph/producer-event.ts';
import { reportingAgentText } from '../../graph/reported-values.ts';
import { SeverityType } from '../../graph/severity.ts';
import {
  described,
  messageBounds,
  nameBounds,
  originOf,
  reportedSource,
  titleBounds,
} from './alerts.graph.ts';
import { systemEvents } from './events.ts';

const eventTypeText = 'A type that the producer chooses, such as `deployment_started`.';

export const SystemEvent = eventType('SystemEvent', systemEvents, {
  kind: 'SYSTEM',
  description: 'A message of a system to its operators. Source: the producer event `systemEvent`.',
  fields: (t) => ({
    ...payloadFields(t, {
      eventType: string(eventTypeText),
      severity: of(SeverityType, described.severity),
      title: string(described.title),
      message: string(described.message),
      source: string('Name of the source. `producer` if the report had none.'),
    }),
    relatedAgentId: t.id({
      nullable: true,
      description: `${described.agentId} Null if there is none.`,
      resolve: ({ payload }) => payload.agentId,
    }),
  }),
});

eventSubscription('systemEvents', {
  type: SystemEvent,
  topic: systemEvents,
  description: 'Messages of systems to their operators',
});

producerEvent('systemEvent', {
  description: 'A message of a system to its operators.',
  topic: systemEvents,
  type: 'systemEventReported',
  fields: (t) => ({
    eventType: t.string({ required: true, bounds: nameBounds, description: eventTypeText }),
    title: t.string({ required: true, bounds: titleBounds, description: described.title }),
    message: t.string({ required: true, bounds: messageBounds, description: described.message }),
    severity: t.field({ type: SeverityType, description: `${described.severity} Default: \`INFO\`.` }),
    source: t.string({ bounds: nameBounds, description: reportedSource }),
    relatedAgentId: t.id({ description: reportingAgentText }),
  }),
  draft: ({ relatedAgentId, severity, source, ...fields }, context) => {
    const origin = originOf({ source, agentId: relatedAgentId }, context, 'relatedAgentId');
    return { key: fields.eventType, payload: { ...fields, ...origin, severity: severity ?? 'INFO' } };
  },
});
