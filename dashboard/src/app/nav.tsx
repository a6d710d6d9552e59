import { useEffect, useRef } from 'preact/hooks';
import { AlertBadge } from '../panels/alert-badge.tsx';
import { activeAlerts } from '../data/overall.ts';
import { State } from '../ui/state.tsx';
import { ViewLink } from '../ui/view-link.tsx';
import { viewLevels } from './status.ts';
import { keyOf, view, views } from './views.ts';

/** The views, each with its state. */
export function Nav() {
  const list = useRef<HTMLElement>(null);
  const shown = view.value;
  // On a phone the list scrolls sideways.
  useEffect(() => {
    const element = list.current;
    const current = element?.querySelector<HTMLElement>('[aria-current]');
    if (element && current)
      element.scrollLeft = current.offsetLeft - (element.clientWidth - current.offsetWidth) / 2;
  }, [shown]);
  return (
    <nav aria-label="Views" ref={list}>
      <ul>
        {views.map(({ name, title }, index) => {
          const level = viewLevels.value[name];
          const alerts = name === 'alerts' ? activeAlerts.value.length : 0;
          return (
            <li key={name}>
              <ViewLink view={name} current={shown === name}>
                <kbd aria-hidden="true">{keyOf(index)}</kbd>
                <span>{title}</span>
                {alerts > 0 ? <AlertBadge /> : null}
                {level === undefined ? null : <State level={level} label={level} />}
              </ViewLink>
            </li>
          );
        })}
      </ul>
      <footer>
        <a href="graphql">GraphiQL</a> <a href="docs">API</a>
      </footer>
    </nav>
  );
}
