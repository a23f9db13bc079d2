/** The product's time. Every rule, tick and wait takes it as an argument, so that a drill can run in another month, faster. */
export interface Clock {
  now(): Date;
  /** Product seconds per real second; 1 outside drills. */
  readonly speed: number;
  /** The real milliseconds to wait for this many product milliseconds. */
  toRealMs(productMs: number): number;
}
