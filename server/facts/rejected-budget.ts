import { keptPayloadBytes, type RejectedInput } from "./write-rejected.ts";

export interface RejectedLimits {
  readonly rows: number;
  /** Of payloads, as far as they are kept. */
  readonly bytes: number;
}

/** A whole fleet's bad release is kept to be sent again; a flood takes at most 90 GiB a day, and a mebibyte a second of what the database writes. */
const defaultLimits: RejectedLimits = { rows: 6_000, bytes: 64 * 1024 ** 2 };
const windowMs = 60_000;

/** How many rejected messages a process stores in a minute. More are counted only, so that a flood of junk delays nothing else. */
export class RejectedBudget {
  readonly #limits: RejectedLimits;
  #left: { rows: number; bytes: number };
  #endsAtMs = Number.NEGATIVE_INFINITY;

  constructor(limits: RejectedLimits = defaultLimits) {
    this.#limits = limits;
    this.#left = { ...limits };
  }

  /** Those that may be stored now, the first of them. Takes nothing: what is not committed costs nothing. */
  choose(inputs: readonly RejectedInput[]): readonly RejectedInput[] {
    if (performance.now() >= this.#endsAtMs) this.#left = { ...this.#limits };
    let { rows, bytes } = this.#left;
    return inputs.filter((input) => {
      if (rows < 1 || bytes < keptBytes(input)) return false;
      rows -= 1;
      bytes -= keptBytes(input);
      return true;
    });
  }

  /** They were stored. */
  spend(stored: readonly RejectedInput[]): void {
    if (stored.length === 0) return;
    if (performance.now() >= this.#endsAtMs) this.#endsAtMs = performance.now() + windowMs;
    this.#left.rows -= stored.length;
    for (const input of stored) this.#left.bytes -= keptBytes(input);
  }
}

function keptBytes({ payload }: RejectedInput): number {
  return Math.min(payload.byteLength, keptPayloadBytes);
}
