import { signal } from '@preact/signals';
import type uPlot from 'uplot';

/** An alert on the charts: from when it was raised until it was resolved. */
export interface Mark {
  readonly atMs: number;
  readonly endMs: number | null;
  readonly title: string;
  readonly severity: 'CRITICAL' | 'ERROR' | 'WARNING' | 'INFO';
  /** The host that the alert concerns. Null: it is shown on all charts. */
  readonly hostId: string | null;
}

export const marks = signal<readonly Mark[]>([]);

/** The marks on the charts of a subject. */
export function marksOf(subject: { readonly hostId?: string } | undefined): readonly Mark[] {
  const hostId = subject?.hostId;
  return marks.value.filter((mark) => mark.hostId === null || hostId === undefined || mark.hostId === hostId);
}

const colors = {
  CRITICAL: '--critical',
  ERROR: '--critical',
  WARNING: '--warning',
  INFO: '--muted',
} as const;

interface Drawing {
  readonly color: (name: string) => string;
  readonly subject: { readonly hostId?: string } | undefined;
}

/** Draws a line where an alert was raised, with a triangle on top, so that it is not recognized by its color alone. */
export function drawMarks(plot: uPlot, { color, subject }: Drawing): void {
  const { ctx, bbox } = plot;
  const { left, top, width, height } = bbox;
  const size = 4 * devicePixelRatio;
  ctx.save();
  for (const { atMs, severity, hostId } of marksOf(subject)) {
    const x = Math.round(plot.valToPos(atMs / 1_000, 'x', true));
    if (x < left || x > left + width) continue;
    ctx.strokeStyle = ctx.fillStyle = color(colors[severity]);
    // Many alerts concern something else: their lines would hide the chart.
    if (severity === 'CRITICAL' || severity === 'ERROR' || hostId !== null) {
      ctx.globalAlpha = 0.5;
      ctx.lineWidth = devicePixelRatio;
      ctx.setLineDash([2 * devicePixelRatio, 2 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, top);
      ctx.lineTo(x, top + height);
      ctx.stroke();
      ctx.globalAlpha = 1;
    }
    ctx.beginPath();
    ctx.moveTo(x - size, top - size);
    ctx.lineTo(x + size, top - size);
    ctx.lineTo(x, top + size);
    ctx.fill();
  }
  ctx.restore();
}
