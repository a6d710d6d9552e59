import { isLost } from '../data/graph.ts';
import { now } from '../data/clock.ts';
import { overall, unconfirmedSince } from '../data/overall.ts';
import { range, rangeName, ranges, resetZoom, selectRange, type RangeName } from '../data/range.ts';
import { age, calendarTime, clockTime } from '../data/format.ts';
import { go } from '../data/location.ts';
import { State } from '../ui/state.tsx';
import { ViewLink } from '../ui/view-link.tsx';
import { helpOpen } from './help.tsx';
import { ViewerButton } from './login.tsx';
import { inventory, overallLevel, problems } from './status.ts';
import { nextTheme, theme } from './theme.ts';
import { wall } from './views.ts';

/** The strip at the top: is everything all right, since when, and what time range is shown. */
export function Strip() {
  const level = overallLevel.value;
  return (
    <header class={`strip strip-${level}`}>
      <div class="brand">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M1.5 9h2.8l2-5.5 3 9 2-5.5h3.2" />
        </svg>
        <span>opsgraph</span>
        <small>{overall.value.value?.config?.hostId}</small>
      </div>
      <div class="verdict">
        <State level={level} />
        <b role="status">
          <Headline />
        </b>
        <small>
          <Details />
        </small>
      </div>
      {wall.value ? <Clock /> : <RangePicker />}
      {wall.value ? null : <Controls />}
    </header>
  );
}

/** Read out when it changes, so it contains nothing that changes by the second. */
function Headline() {
  if (isLost.value) return <>No connection to the server</>;
  if (overall.value.value === null) return <>Connecting</>;
  const [first] = problems.value;
  return first === undefined ? <>All good</> : <ViewLink view={first.view}>{first.text}</ViewLink>;
}

function Details() {
  const lost = unconfirmedSince.value;
  if (lost !== null)
    return (
      <>
        since {clockTime(lost)}, {age(now.value - lost)}. {isLost.value ? 'These are' : 'Lists show'} the last
        known values.
      </>
    );
  const more = problems.value.slice(1);
  if (more.length === 0) return <>{inventory.value}</>;
  return (
    <>
      {more.slice(0, 2).map((problem, index) => (
        <span key={problem.text}>
          {index > 0 ? ' · ' : ''}
          <ViewLink view={problem.view}>{problem.text}</ViewLink>
        </span>
      ))}
      {more.length > 2 ? ` · ${more.length - 2} more` : null}
    </>
  );
}

function RangePicker() {
  const shown = range.value;
  return (
    <div class="ranges">
      {shown.name === null ? (
        <button
          type="button"
          class="zoomed"
          onClick={resetZoom}
          title="Back to the range that ends now (Esc)"
        >
          {calendarTime(shown.fromMs)} – {clockTime(shown.toMs)} <span aria-hidden="true">×</span>
          <span class="hidden">, show the present again</span>
        </button>
      ) : null}
      <fieldset>
        <legend class="hidden">Time range</legend>
        {Object.entries(ranges).map(([name, { label, title }]) => (
          <label key={name} title={title}>
            <input
              type="radio"
              name="range"
              checked={shown.name !== null && rangeName.value === name}
              onChange={() => selectRange(name as RangeName)}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}

function Controls() {
  return (
    <div class="controls">
      <ViewerButton />
      <button type="button" onClick={nextTheme} title="Theme (t)">
        <span class="hidden">Theme: </span>
        {theme.value}
      </button>
      <button type="button" onClick={() => go({ wall: '1' })} title="Wall view (w)">
        wall
      </button>
      <button type="button" onClick={() => (helpOpen.value = true)} title="Keys (?)">
        <span aria-hidden="true">?</span>
        <span class="hidden">Keys</span>
      </button>
    </div>
  );
}

function Clock() {
  return (
    <div class="clock">
      <small>{range.value.name === null ? 'a fixed range' : ranges[range.value.name].title}</small>
      <time>{clockTime(now.value)}</time>
    </div>
  );
}
