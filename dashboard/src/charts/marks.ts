import { computed } from '@preact/signals';
import type uPlot from 'uplot';
import { annotations } from '../data/annotations.ts';
import { alerts } from '../data/overall.ts';

/** What an alert or an annotation is about, and what a chart shows. Null or absent: nothing in particular. */
export interface Subject {
  readonly hostId?: string | null;
  readonly metricName?: string | null;
  readonly providerName?: string | null;
}

/** What happened at a moment, or in a range of time. */
export interface Mark {
  readonly kind: 'alert' | 'annotation';
  readonly atMs: number;
  /** The end of a range. Null: a moment. */
  readonly endMs: number | null;
  readonly title: string;
  /** Name of a custom property of the stylesheet. */
  readonly color: '--critical' | '--warning' | '--muted' | '--text';
  readonly subject: Subject;
}

const alertColors = {
  CRITICAL: '--critical',
  ERROR: '--critical',
  WARNING: '--warning',
  INFO: '--muted',
} as const;

/** Alerts, each at the moment when it was raised, and annotations. */
export const marks = computed<readonly Mark[]>(() => [
  ...alerts.value.map(({ raisedAt, title, severity, hostId }): Mark => ({
    kind: 'alert',
    atMs: Date.parse(raisedAt),
    endMs: null,
    title,
    color: alertColors[severity],
    subject: { hostId },
  })),
  ...annotations.value.map(({ startsAt, endsAt, text, tags, hostId, metricName, providerName }): Mark => ({
    kind: 'annotation',
    atMs: Date.parse(startsAt),
    endMs: endsAt === null ? null : Date.parse(endsAt),
    title: tags.length === 0 ? text : `${text} (${tags.join(', ')})`,
    color: '--text',
    subject: { hostId, metricName, providerName },
  })),
]);

const kinds = ['hostId', 'metricName', 'providerName'] as const;

/** The marks on the charts of a subject: all but those about another one. */
export function marksOf(subject: Subject | undefined): readonly Mark[] {
  return marks.value.filter((mark) =>
    kinds.every((kind) => {
      const [about, shown] = [mark.subject[kind] ?? null, subject?.[kind] ?? null];
      return about === null || shown === null || about === shown;
    }),
  );
}

/** The marks that are shown for a moment, which is not more than `nearMs` away from them. Those about the chart are first. */
export function marksAt(atMs: number, nearMs: number, subject: Subject | undefined): readonly Mark[] {
  return marksOf(subject)
    .filter((mark) => atMs > mark.atMs - nearMs && atMs < (mark.endMs ?? mark.atMs) + nearMs)
    .sort((a, b) => Number(isAboutThis(b)) - Number(isAboutThis(a)));
}

/** Whether a mark on a chart is about its subject, and not about anything in particular. */
function isAboutThis({ subject }: Mark): boolean {
  return kinds.some((kind) => (subject[kind] ?? null) !== null);
}

/** The shapes on top of the marks, and before their titles, so that they are not recognized by their color alone. */
export const shapes = { alert: '▼', annotation: '■' } as const;

interface Drawing {
  readonly color: (name: string) => string;
  readonly subject: Subject | undefined;
}

/** Draws a line where something happened, with a shape on top, and the area of a range. */
export function drawMarks(plot: uPlot, { color, subject }: Drawing): void {
  const { ctx, bbox } = plot;
  const { left, top, width, height } = bbox;
  const size = 4 * devicePixelRatio;
  ctx.save();
  for (const mark of marksOf(subject)) {
    const [from, to] = [mark.atMs, mark.endMs ?? mark.atMs].map((ms) =>
      Math.round(plot.valToPos(ms / 1_000, 'x', true)),
    ) as [number, number];
    if (to < left || from > left + width) continue;
    ctx.strokeStyle = ctx.fillStyle = color(mark.color);
    if (mark.endMs !== null) {
      const [start, end] = [Math.max(from, left), Math.min(to, left + width)];
      ctx.globalAlpha = 0.08;
      ctx.fillRect(start, top, Math.max(1, end - start), height);
      ctx.globalAlpha = 1;
    }
    if (from < left) continue;
    // Many alerts concern something else: their lines would hide the chart.
    if (mark.kind === 'annotation' || mark.color === '--critical' || isAboutThis(mark)) {
      ctx.globalAlpha = 0.5;
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([2 * devicePixelRatio, 2 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(from, top);
      ctx.lineTo(from, top + height);
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
    ctx.beginPath();
    if (mark.kind === 'annotation') ctx.rect(from - size * 0.8, top - size, size * 1.6, size * 1.6);
    else {
      ctx.moveTo(from - size, top - size);
      ctx.lineTo(from + size, top - size);
      ctx.lineTo(from, top + size);
    }
    ctx.fill();
  }
  ctx.restore();
}
