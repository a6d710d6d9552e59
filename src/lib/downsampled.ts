/** A range of time that is divided into intervals, of whose samples some numbers are read. */
export interface DownsampledRange {
  readonly since: Date;
  readonly until: Date;
  /** The number of intervals into which the range is divided. */
  readonly points: number;
  /** The numbers to read. */
  readonly paths: readonly string[];
}

/** The samples of an interval, which begins `at`. */
export interface SamplePoint {
  readonly at: Date;
  /** 1 or more. */
  readonly samples: number;
  /** By path; null: no sample of the interval has the number. */
  readonly values: Readonly<Record<string, SampleValue | null>>;
}

export interface SampleValue {
  readonly avg: number;
  readonly min: number;
  readonly max: number;
}
