/**
 * Which offset of a partition may be committed. Messages are finished in any order, and after a rebalance some come again while the
 * first copy is still in hand: what is committed never passes a message that is.
 */
export class CommittedOffsets {
  readonly #held = new Map<bigint, number>();
  #nextOffset: bigint | null = null;

  received(offset: bigint): void {
    this.#held.set(offset, (this.#held.get(offset) ?? 0) + 1);
    if (this.#nextOffset === null || offset >= this.#nextOffset) this.#nextOffset = offset + 1n;
  }

  finished(offset: bigint): void {
    const copies = this.#held.get(offset) ?? 0;
    if (copies <= 1) this.#held.delete(offset);
    else this.#held.set(offset, copies - 1);
  }

  /** Where to read on after a restart; null: nothing was received. */
  next(): bigint | null {
    let lowest = this.#nextOffset;
    for (const offset of this.#held.keys()) if (lowest === null || offset < lowest) lowest = offset;
    return lowest;
  }
}
