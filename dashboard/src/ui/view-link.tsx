import type { ComponentChildren } from 'preact';
import { addressWith, go } from '../data/location.ts';

/** A link to a view of this page: a plain address, which also opens in a new tab. */
export function ViewLink(props: {
  view: string;
  change?: Readonly<Record<string, string | null>>;
  class?: string;
  current?: boolean;
  children: ComponentChildren;
}) {
  const change = { view: props.view === 'overview' ? null : props.view, host: null, ...props.change };
  return (
    <a
      href={addressWith(change)}
      class={props.class}
      aria-current={props.current === true ? 'page' : undefined}
      onClick={(event: MouseEvent) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        go(change);
        scrollTo(0, 0);
      }}
    >
      {props.children}
    </a>
  );
}
