import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { now } from '../data/clock.ts';
import { age } from '../data/format.ts';
import { isLost, type GraphError } from '../data/graph.ts';
import { unconfirmedSince } from '../data/overall.ts';
import type { Reading } from '../data/reading.ts';
import { ViewLink } from './view-link.tsx';

/** Whether a panel is in view. What is out of view has no subscription. */
export function usePanel<Element extends HTMLElement = HTMLElement>() {
  const ref = useRef<Element>(null);
  const [active, setActive] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => setActive(entries.at(-1)?.isIntersecting === true),
      { rootMargin: '160px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, active };
}

export interface PanelProps {
  /** Default: a part around it is observed instead. */
  readonly panel?: ReturnType<typeof usePanel>;
  readonly title: string;
  /** The view that shows more of it. */
  readonly view?: string;
  readonly reading: Reading<unknown>;
  /** Names of fields of Query whose errors concern this panel. Default: all. */
  readonly fields?: readonly string[];
  /** Whether there is no value because of an error, which is shown instead of the content. */
  readonly missing?: boolean;
  readonly empty?: ComponentChildren;
  readonly extra?: ComponentChildren;
  readonly class?: string;
  readonly children?: ComponentChildren;
}

/** A section of the page: a title, its age, and its content or why there is none. */
export function Panel({
  panel,
  title,
  view,
  reading,
  fields,
  missing = false,
  empty,
  extra,
  class: name = '',
  children,
}: PanelProps) {
  const id = useId();
  const hasNothing = reading.value === null;
  // While the server is lost, the strip says so once for all panels.
  const error =
    isLost.value && !hasNothing ? undefined : reading.errors.find(({ path }) => concerns(path, fields));
  const isEmpty = !hasNothing && empty !== undefined && empty !== null && empty !== false;
  const hasContent = !hasNothing && !isEmpty && !(missing && error !== undefined);
  return (
    <section
      class={`panel ${name}`}
      data-values={isUnconfirmed(reading) ? 'last-known' : 'current'}
      {...(panel === undefined ? {} : { ref: panel.ref })}
      aria-labelledby={id}
    >
      <header>
        <h2 id={id}>{view === undefined ? title : <ViewLink view={view}>{title}</ViewLink>}</h2>
        {extra}
        <Age reading={reading} />
      </header>
      {error !== undefined && <Trouble error={error} hasValues={hasContent} />}
      {hasNothing && error === undefined ? <Skeleton /> : null}
      {hasContent ? children : null}
      {isEmpty && error === undefined ? <div class="empty">{empty}</div> : null}
    </section>
  );
}

/** Whether the values would have changed as they do, but the server or its database is away. */
function isUnconfirmed({ live }: Pick<Reading<unknown>, 'live'>): boolean {
  return live && unconfirmedSince.value !== null;
}

function concerns(path: GraphError['path'], fields: readonly string[] | undefined): boolean {
  return fields === undefined || path === undefined || fields.includes(String(path[0]));
}

/** How old the values are. Values that arrive as they change are current as long as the connection exists. */
export function Age({ reading: { at, live } }: { reading: Reading<unknown> }) {
  if (at === null) return <span class="age">–</span>;
  const knownAt = live ? (unconfirmedSince.value ?? now.value) : at;
  const ms = Math.max(0, now.value - Math.max(knownAt, at));
  const isOld = isLost.value || isUnconfirmed({ live }) || ms > 20_000;
  return (
    <span
      class={isOld ? 'age age-old' : 'age'}
      title={`Last confirmed ${new Date(Math.max(knownAt, at)).toLocaleTimeString('en-GB')}`}
    >
      {age(ms)}
    </span>
  );
}

function Skeleton() {
  return (
    <div class="skeletons" aria-hidden="true">
      <div class="skeleton" />
      <div class="skeleton" />
      <div class="skeleton" />
    </div>
  );
}

/** An error in words that say what to do. */
function Trouble({ error, hasValues }: { error: GraphError; hasValues: boolean }) {
  const { code, feature } = (error.extensions ?? {}) as { code?: string; feature?: string };
  if (code === 'FEATURE_DISABLED')
    return (
      <p class="note">
        Switched off{feature === undefined ? '' : ': '}
        {feature === undefined ? '' : <code>{feature}=false</code>}. Set it to <code>true</code> and restart
        the server.
      </p>
    );
  if (code === 'DATABASE_UNAVAILABLE')
    return (
      <p class="note note-critical">
        The database does not respond.{' '}
        {hasValues ? 'The values are the last known ones.' : 'The values appear when it responds again.'}
      </p>
    );
  if (code === 'FORBIDDEN') return <p class="note">You may not see this: {error.message}</p>;
  return <p class="note note-critical">{error.message}</p>;
}
