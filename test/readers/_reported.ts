import { startTestApp, type TestApp } from '../_util/app.ts';
import { publishMutation, rejectionOf } from '../_util/publish.ts';

/** Reports of each kind, numbered so that every list has several items. */
function reports(n: number): readonly object[] {
  return [
    { activity: { title: `Imported ${n}`, actionType: 'import', status: 'completed' } },
    { agentStatus: { agentId: 'pricing_agent', status: 'ACTIVE', currentActivity: `task ${n}` } },
    { agentDecision: { agentId: 'pricing_agent', decisionId: `d${n}`, actionType: 'set_price' } },
    {
      alert: { alertType: 'disk_full', severity: 'ERROR', title: `Full ${n}`, message: 'The disk is full.' },
    },
    { annotation: { key: `annotation-${n}`, text: `Deployed ${n}` } },
    { auditEvent: { eventType: 'deploy', actorId: 'ci', action: `deployed ${n}`, status: 'success' } },
    { event: { type: 'deploy.finished', message: `Live ${n}` } },
    { metric: { name: 'queue.length', value: n, labels: { queue: `q${n}` } } },
    { modelDeployed: { modelId: `m${n}`, modelName: `M${n}`, modelVersion: '1' } },
    { modelReport: { modelId: `lab:m${n}`, status: 'LOADED' } },
    {
      notification: {
        title: `Hello ${n}`,
        message: 'Hello',
        category: 'USER_ACTION',
        priority: 'LOW',
      },
    },
    { trainingProgress: { runId: `r${n}`, progressPercent: 1, stage: 'VALIDATION' } },
    { uploadProgress: { uploadId: `u${n}`, filename: 'a.csv', uploadedBytes: 1, totalBytes: 2 } },
    { workflow: { workflowId: `w${n}`, status: 'PENDING', stage: 'REVIEW', progressPercent: n } },
  ];
}

export const reportedTimes = 5;

/** A server whose lists have at least `reportedTimes` items. The caller stops it. */
export async function startReported(options: { readonly database?: string } = {}): Promise<TestApp> {
  const app = await startTestApp({ MODEL_SERVERS: 'lab=http://127.0.0.1:9' }, { keep: true, ...options });
  for (let n = 1; n <= reportedTimes; n++) await publish(app, reports(n));
  return app;
}

/** @throws Error when the batch is rejected. */
export async function publish(app: TestApp, events: readonly object[]): Promise<void> {
  const rejection = rejectionOf(await app.graphql(publishMutation(), { events }));
  if (rejection !== undefined) throw new Error(JSON.stringify(rejection));
}
