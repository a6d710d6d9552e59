/** A line of a chart. */
export interface Line {
  readonly label: string;
  /** Name of a custom property of the stylesheet. */
  readonly color: string;
  readonly fill?: boolean;
  /** Drawn as the area above the line before it, such as up to the largest value. It has no label. */
  readonly band?: boolean;
  /** Whether values that are far apart are drawn as points. */
  readonly points?: boolean;
}
