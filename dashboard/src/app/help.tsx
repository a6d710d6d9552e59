import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { keyOf, views } from './views.ts';

export const helpOpen = signal(false);

const keys: readonly (readonly [string, string])[] = [
  ['[ ]', 'shorter, longer time range'],
  ['drag', 'zoom all charts; Esc or a double click shows the present again'],
  ['← →', 'in a chart: move the cursor of all charts; with Shift by ten'],
  ['t', 'theme: as the system, light, dark'],
  ['w', 'wall view'],
  ['?', 'this list'],
];

/** The keys of the page, in a native dialog. */
export function Help() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (helpOpen.value) dialog.current?.showModal();
    else dialog.current?.close();
  }, [helpOpen.value]);
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={() => (helpOpen.value = false)}>
      <form method="dialog">
        <h2 id="help-title">Keys</h2>
        <dl>
          {views.map(({ name, title }, index) => (
            <div key={name}>
              <dt>
                <kbd>{keyOf(index)}</kbd>
              </dt>
              <dd>{title}</dd>
            </div>
          ))}
          {keys.map(([key, text]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <button>Close</button>
      </form>
    </dialog>
  );
}
