import { usePanel } from '../ui/panel.tsx';
import { ConnectionsView } from './connections.tsx';
import { InstancesPanel } from './instances.tsx';
import { SubscriptionsView } from './subscriptions.tsx';

/** The server itself: its processes, and the connections and subscriptions of the one that answers. */
export function ServerView() {
  const panel = usePanel<HTMLDivElement>();
  return (
    <>
      <div ref={panel.ref}>
        <InstancesPanel active={panel.active} />
      </div>
      <ConnectionsView />
      <SubscriptionsView />
    </>
  );
}
