/** Something that the product said and that was not so. */
export interface Contradiction {
  /** For counting, such as "phase" or "unknown sentence". */
  kind: string;
  atMs: number;
  /** Which page or record, such as "incident 1" or "board". */
  where: string;
  said: string;
  truth: string;
}

/** Collects what one minute's checks find. */
export class Findings {
  readonly found: Contradiction[] = [];
  readonly #atMs: number;

  constructor(atMs: number) {
    this.#atMs = atMs;
  }

  add(kind: string, where: string, said: string, truth: string): void {
    this.found.push({ kind, atMs: this.#atMs, where, said, truth });
  }

  /** Says both if they differ. */
  equal(kind: string, where: string, said: unknown, truth: unknown): void {
    const [one, other] = [JSON.stringify(said), JSON.stringify(truth)];
    if (one !== other) this.add(kind, where, one ?? "nothing", other ?? "nothing");
  }
}
