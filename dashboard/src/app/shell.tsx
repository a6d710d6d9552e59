import { effect } from '@preact/signals';
import { Activities } from '../panels/activity.tsx';
import { AgentsView } from '../panels/agents.tsx';
import { AlertsView } from '../panels/alerts.tsx';
import { AuditFeed } from '../panels/audit.tsx';
import { DatabaseView } from '../panels/database.tsx';
import { HostsView } from '../panels/hosts.tsx';
import { JobsPanel } from '../panels/jobs.tsx';
import { MetricsView } from '../panels/metrics.tsx';
import { ModelsView } from '../panels/models.tsx';
import { Overview } from '../panels/overview.tsx';
import { ProvidersView } from '../panels/providers.tsx';
import { ServerView } from '../panels/server.tsx';
import { TrainingPanel } from '../panels/training.tsx';
import { WorkflowsPanel } from '../panels/workflows.tsx';
import { isLost, needsLogin } from '../data/graph.ts';
import { Help } from './help.tsx';
import { Login } from './login.tsx';
import { Nav } from './nav.tsx';
import { overallLevel, problems } from './status.ts';
import { Strip } from './strip.tsx';
import { view, views, wall, type ViewName } from './views.ts';

/** The frame of the page: the strip, the navigation, and the view that the address names. */
export function Shell() {
  if (needsLogin.value) return <Login />;
  const title = views.find(({ name }) => name === view.value)?.title ?? '';
  return (
    <div class={wall.value ? 'shell wall' : 'shell'} data-connection={isLost.value ? 'lost' : 'live'}>
      <Strip />
      {wall.value ? null : <Nav />}
      <main tabIndex={-1} aria-label={title} data-view={view.value}>
        <h1 class="hidden">{title}</h1>
        <View name={wall.value ? 'overview' : view.value} />
      </main>
      <Help />
    </div>
  );
}

function View({ name }: { name: ViewName }) {
  switch (name) {
    case 'overview':
      return <Overview />;
    case 'alerts':
      return <AlertsView />;
    case 'hosts':
      return <HostsView />;
    case 'database':
      return <DatabaseView />;
    case 'models':
      return (
        <>
          <ModelsView />
          <TrainingPanel first={20} />
        </>
      );
    case 'agents':
      return <AgentsView />;
    case 'providers':
      return <ProvidersView />;
    case 'work':
      return (
        <>
          <WorkflowsPanel first={50} />
          <JobsPanel />
        </>
      );
    case 'activity':
      return (
        <div class="columns">
          <Activities first={100} />
          <AuditFeed first={100} />
        </div>
      );
    case 'server':
      return <ServerView />;
    case 'metrics':
      return <MetricsView />;
  }
}

/** The title of the tab says the state too, for a page in the background. */
export function followTitle(): void {
  effect(() => {
    const count = problems.value.length;
    const isOffline = isLost.value;
    const prefix = isOffline ? '✕ ' : overallLevel.value === 'ok' || count === 0 ? '' : `(${count}) `;
    document.title = `${prefix}opsgraph`;
  });
}
