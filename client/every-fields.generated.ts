// Generated from the schema by `npm run codegen`.

/** The subscriptions that send every event, and resume after a cursor. */
export const everyFields: ReadonlySet<string> = new Set(
  'activityEventBatches activityEvents agentEventBatches agentEvents alertEventBatches alertEvents alertRuleEventBatches alertRuleEvents annotationEventBatches annotationEvents auditEventBatches auditEvents customEventBatches customEvents eventBatches events fileEventBatches fileEvents hostEventBatches hostEvents jobEventBatches jobEvents logEventBatches logEvents modelEventBatches modelEvents myWorkflowEventBatches myWorkflowEvents notificationEventBatches notificationEvents notificationReadEventBatches notificationReadEvents providerEventBatches providerEvents silenceEventBatches silenceEvents systemEventBatches systemEvents trainingEventBatches trainingEvents transferDeliveryEventBatches transferDeliveryEvents transferEventBatches transferEvents workflowEventBatches workflowEvents'.split(' '),
);
