/** What is wrong, and what a person can do about it. */
export interface Failure {
  readonly found: string;
  readonly todo: string;
}
