import { effect, type ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { serverNow } from '../data/clock.ts';
import type { ChartData } from '../data/chart-source.ts';
import type { Column } from '../data/series.ts';
import { bytes, bytesPerSecond, clockTime, calendarTime, type Format } from '../data/format.ts';
import { range, resetZoom, zoomTo } from '../data/range.ts';
import { isDark } from '../app/theme.ts';
import { cursorAt, isMovedByKeys } from './cursor.ts';
import type { Line } from './line.ts';
import { drawMarks, marks, marksAt, shapes, type Subject } from './marks.ts';
import { binarySteps, timeSteps } from './ticks.ts';

export interface ChartProps {
  readonly title: string;
  readonly data: ReadonlySignal<ChartData>;
  readonly lines: readonly Line[];
  readonly format: Format;
  /** The end of the vertical axis. Default: the largest value. */
  readonly max?: number | undefined;
  readonly subject?: Subject | undefined;
}

const sync = uPlot.sync('page');

const marksShown = 3;

/** A chart of lines over the common time range. All charts share the cursor, the zoom and the marks. */
export function Chart({ title, data, lines, format, max, subject }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const shape = JSON.stringify([lines, max, title, subject]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const plot = new uPlot(optionsOf({ element, lines, format, max, subject }), data.peek().columns, element);
    sync.sub(plot);
    const resized = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width > 0 && height > 0) plot.setSize({ width, height });
    });
    resized.observe(element);
    const stopData = effect(() => {
      plot.setData(data.value.columns, false);
      const [min, to] = bounds(data.value.columns[0]);
      plot.setScale('x', { min, max: to });
    });
    const stopMarks = effect(() => {
      void marks.value;
      plot.redraw(false);
    });
    const stopCursor = effect(() => {
      const at = cursorAt.value;
      if (isMovedByKeys.value) plot.setCursor({ left: at === null ? -10 : plot.valToPos(at, 'x'), top: 0 });
    });
    return () => {
      stopCursor();
      stopData();
      stopMarks();
      resized.disconnect();
      sync.unsub(plot);
      plot.destroy();
    };
  }, [shape, data, format, isDark.value]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    isMovedByKeys.value = true;
    const [times] = data.peek().columns;
    const shown = cursorAt.peek() ?? times.at(-1) ?? 0;
    const index = times.findIndex((time) => time >= shown);
    const step = (event.key === 'ArrowLeft' ? -1 : 1) * (event.shiftKey ? 10 : 1);
    const last = times.length - 1;
    cursorAt.value = times[Math.min(last, Math.max(0, (index < 0 ? last : index) + step))] ?? null;
  }

  return (
    <figure class="chart">
      <Legend title={title} data={data} lines={lines} format={format} subject={subject} />
      <div
        class="plot"
        ref={box}
        role="img"
        tabIndex={0}
        aria-label={`${title}. Arrow keys move the cursor.`}
        onKeyDown={onKeyDown}
        onBlur={() => (cursorAt.value = null)}
        onDblClick={resetZoom}
      />
      <Emptiness data={data} />
    </figure>
  );
}

function Emptiness({ data }: { data: ReadonlySignal<ChartData> }) {
  const { columns, loaded, errors } = data.value;
  if (columns[0].length > 0) return null;
  if (!loaded) return <div class="plot-note skeleton" />;
  return <div class="plot-note">{errors[0]?.message ?? 'No samples in this time range.'}</div>;
}

/** The values under the cursor, or the newest. */
function Legend({ title, data, lines, format, subject }: ChartProps) {
  const [times, ...columns] = data.value.columns;
  const { newest } = data.value;
  const at = cursorAt.value;
  const index = at === null ? times.length - 1 : nearest(times, at);
  const atMs = at === null ? null : at * 1_000;
  const values =
    at === null && newest !== null ? newest : columns.map((column) => valueAt(column, index) ?? null);
  return (
    <figcaption>
      <b>{title}</b>
      {lines.map((line, index) =>
        line.label === '' ? null : (
          <span key={line.label} class="legend-entry">
            <i style={{ background: `var(${line.color})` }} />
            {line.label} <span class="value">{format(values[index])}</span>
          </span>
        ),
      )}
      {atMs === null ? null : <Moment atMs={atMs} subject={subject} />}
    </figcaption>
  );
}

/** Where the cursor is, and what happened there. */
function Moment({ atMs, subject }: { atMs: number; subject: ChartProps['subject'] }) {
  const near = marksAt(atMs, range.value.ms / 150, subject);
  return (
    <span class="legend-time">
      {near.slice(0, marksShown).map(({ kind, title, color, atMs: at }) => (
        <span key={`${title} ${at}`} class="legend-mark" style={{ color: `var(${color})` }}>
          {shapes[kind]} {title}{' '}
        </span>
      ))}
      {range.value.ms > 86_400_000 ? calendarTime(atMs) : clockTime(atMs)}
    </span>
  );
}

/** A value that a series has only at the moments of other series is the one before. */
function valueAt(column: Column, index: number): number | null | undefined {
  for (let at = index; at >= 0; at -= 1) if (column[at] !== undefined) return column[at];
  return null;
}

function nearest(times: readonly number[], at: number): number {
  let best = times.length - 1;
  for (let index = 0; index < times.length; index += 1)
    if (Math.abs((times[index] ?? 0) - at) < Math.abs((times[best] ?? 0) - at)) best = index;
  return best;
}

/** A sample can be newer than the clock, which ticks once a second. Beyond the end it would not count for the scale. */
function bounds(times: readonly number[]): [number, number] {
  const shown = range.peek();
  if (shown.name === null) return [shown.fromMs / 1_000, shown.toMs / 1_000];
  const end = Math.max(serverNow.peek() / 1_000, times.at(-1) ?? 0);
  return [end - shown.ms / 1_000, end];
}

interface PlotParts extends Pick<ChartProps, 'lines' | 'format' | 'max' | 'subject'> {
  readonly element: HTMLElement;
}

function optionsOf({ element, lines, format, max, subject }: PlotParts): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const font = `${Math.round(Number.parseFloat(style.fontSize))}px ${style.fontFamily}`;
  const scaled = Number.parseFloat(style.fontSize) / 11;
  const axis = { font, stroke: color('--muted'), ticks: { show: false }, gap: 4 };
  const grid = { stroke: color('--grid'), width: 1 };
  return {
    width: element.clientWidth || 300,
    height: element.clientHeight || 120,
    padding: [8, 24 * scaled, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: 'page', setSeries: false },
      drag: { x: true, y: false, setScale: false, dist: 6 },
      y: false,
      points: { size: 6 },
    },
    select: { show: true, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: true },
      y: {
        range: (_plot, low, high) => [
          low < 0 ? low * 1.15 : 0,
          max ?? (high > 0 ? high * 1.15 : low < 0 ? 0 : 1),
        ],
      },
    },
    axes: [
      {
        ...axis,
        gap: 8,
        grid: { show: false },
        size: 26 * scaled,
        space: 70 * scaled,
        incrs: timeSteps,
        values: timeLabels,
      },
      {
        ...axis,
        grid,
        size: (_plot, labels) =>
          (12 + 6.6 * Math.max(2, ...(labels ?? []).map(({ length }) => length))) * scaled,
        space: 38 * scaled,
        ...(format === bytes || format === bytesPerSecond ? { incrs: binarySteps } : {}),
        values: (_plot, ticks) => ticks.map((tick) => format(tick).replace('.0 %', ' %')),
      },
    ],
    series: [
      {},
      ...lines.map((line): uPlot.Series => {
        const stroke = color(line.color);
        return {
          stroke,
          width: line.band === true ? 0 : 1.5,
          points: line.points === true ? { size: 4 } : { show: false },
          spanGaps: false,
          ...(line.fill === true ? { fill: fade(stroke, 0.12) } : {}),
        };
      }),
    ],
    bands: lines.flatMap(({ band, color: name }, index) =>
      band === true
        ? [{ series: [index + 1, index] as [number, number], fill: fade(color(name), 0.16) }]
        : [],
    ),
    hooks: {
      draw: [(plot) => drawMarks(plot, { color, subject })],
      setCursor: [
        (plot) => {
          const { left = -1, event } = plot.cursor;
          // Only the chart under the pointer says where the cursor is; the others follow.
          if (event === undefined || event === null) return;
          isMovedByKeys.value = false;
          cursorAt.value = left < 0 ? null : plot.posToVal(left, 'x');
        },
      ],
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < 6) return;
          zoomTo(plot.posToVal(left, 'x') * 1_000, plot.posToVal(left + width, 'x') * 1_000);
          plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        },
      ],
    },
  };
}

/** @param color as the browser computes it: `rgb(1, 2, 3)`. */
function fade(color: string, alpha: number): string {
  return color.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`);
}

function timeLabels(plot: uPlot, ticks: number[]): string[] {
  const { min = 0, max = 0 } = plot.scales['x'] ?? {};
  const isLong = (max ?? 0) - (min ?? 0) > 36 * 3_600;
  const isShort = (max ?? 0) - (min ?? 0) <= 600;
  return ticks.map((tick) => {
    if (isLong) return calendarTime(tick * 1_000).replace(',', '');
    const text = clockTime(tick * 1_000);
    return isShort ? text : text.slice(0, 5);
  });
}
