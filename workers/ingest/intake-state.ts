import type { IntakeReport } from "#server/turns/index.ts";

/** Whether one intake is heard, by the process that takes events from it. Monotonic time: clocks may jump. */
export class IntakeState {
  /** `Pub/Sub subscription projects/P/subscriptions/S`. */
  readonly name: string;
  readonly #nowMs: () => number;
  #heardAtMs: number;
  #reason: string | null = null;
  #heard = 0;

  constructor(name: string, nowMs: () => number = () => performance.now()) {
    this.name = name;
    this.#nowMs = nowMs;
    this.#heardAtMs = nowMs();
  }

  /** A message came, or the service answered that none is waiting. */
  heard(): void {
    this.#heardAtMs = this.#nowMs();
    this.#reason = null;
    this.#heard += 1;
  }

  /** It does not answer, or refuses: it has stood since it was last heard. */
  stands(reason: string): void {
    this.#reason = reason;
  }

  get quietMs(): number {
    return this.#nowMs() - this.#heardAtMs;
  }

  /** How often it was heard. */
  get count(): number {
    return this.#heard;
  }

  report(): IntakeReport {
    const standingForMs = this.#reason === null ? null : this.quietMs;
    return { name: this.name, standingForMs, reason: this.#reason };
  }
}
