import { WorkflowLiveDocument, WorkflowsDocument } from '../documents.generated.ts';
import type { WorkflowsQuery } from '../documents.generated.ts';
import { ago, words } from '../data/format.ts';
import { nodesOf, upsertNodes } from '../data/lists.ts';
import { msSince } from '../data/overall.ts';
import { live, useResource } from '../data/resource.ts';
import { Panel, usePanel } from '../ui/panel.tsx';
import { Progress } from '../ui/progress.tsx';
import { levelOf, State } from '../ui/state.tsx';

export function WorkflowsPanel({ first, view }: { first: number; view?: string }) {
  const panel = usePanel();
  const { reading } = useResource(
    {
      document: WorkflowsDocument,
      variables: { first },
      live: [
        live({
          document: WorkflowLiveDocument,
          variables: (data: WorkflowsQuery) => ({ after: data.workflows?.liveCursor ?? null }),
          apply: (data, { workflowEventBatches }): WorkflowsQuery => ({
            workflows: {
              liveCursor: data.workflows?.liveCursor ?? '',
              ...upsertNodes(
                data.workflows,
                workflowEventBatches.map(({ workflow }) => workflow),
                { key: ({ workflowId }) => workflowId, max: first },
              ),
            },
          }),
        }),
      ],
    },
    panel.active,
  );
  const workflows = nodesOf(reading.value.value?.workflows);
  return (
    <Panel
      panel={panel}
      title="Workflows"
      {...(view === undefined ? {} : { view })}
      reading={reading.value}
      class="runs"
      empty={
        workflows.length === 0 ? (
          <p>
            No workflow was reported yet. POST a <code>workflow</code> event to <code>/publish</code>.
          </p>
        ) : null
      }
    >
      <ul class="lines">
        {workflows.map((workflow) => (
          <li key={workflow.workflowId} class="run">
            <State
              level={
                workflow.status === 'PENDING' || workflow.status === 'CANCELLED'
                  ? 'unknown'
                  : levelOf(workflow.status)
              }
              label={words(workflow.status)}
            />
            <span class="name">
              {workflow.workflowId}{' '}
              <small>
                {words(workflow.stage)}
                {workflow.statusMessage === null ? '' : `: ${workflow.statusMessage}`}
              </small>
            </span>
            <span>
              {workflow.status === 'IN_PROGRESS'
                ? `${workflow.progressPercent} %`
                : ago(msSince(workflow.updatedAt))}
            </span>
            {workflow.status === 'IN_PROGRESS' ? (
              <Progress
                percent={workflow.progressPercent}
                label={`Progress of ${workflow.workflowId}`}
                level="ok"
              />
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
