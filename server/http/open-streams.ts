/** Counts what each caller, each address and the whole process hold open. */
export class OpenStreams {
  readonly #open = new Map<string, number>();
  readonly #limits: readonly number[];

  /** Of the keys of `enter`, in their order. */
  constructor(...limits: number[]) {
    this.#limits = limits;
  }

  /** What to call when the stream ends; null if one of the keys has as many open as it may. */
  enter(...keys: string[]): (() => void) | null {
    const isFull = keys.some((key, at) => (this.#open.get(key) ?? 0) >= (this.#limits[at] ?? 0));
    if (isFull) return null;
    for (const key of keys) this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      for (const key of keys) {
        const count = (this.#open.get(key) ?? 1) - 1;
        if (count > 0) this.#open.set(key, count);
        else this.#open.delete(key);
      }
    };
  }
}
