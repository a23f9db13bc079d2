/** The product's time. Every rule, tick and wait takes it as an argument, so that a drill can live in another month, faster. */
export interface Clock {
  now(): Date;
  /** Product seconds that pass in one real second; 1 outside drills. */
  readonly speed: number;
  /** Real milliseconds for a wait of so many product milliseconds. */
  toRealMs(productMs: number): number;
}
