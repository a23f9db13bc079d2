import type { PlainVerdict } from "./plain-model.ts";

interface Accepted {
  id: string;
  lost: bigint;
  duplicated: bigint;
  known: boolean;
}

/** Which hours were accepted, and at which figures. */
export class PlainAcceptances {
  readonly #byHour = new Map<string, Accepted[]>();

  /** Accepts those of its hours that are not complete. Returns how many. */
  accept(
    id: string,
    eventType: string,
    verdicts: ReadonlyMap<number, PlainVerdict>,
    range: { from: Date; to: Date },
  ): number {
    let count = 0;
    for (const [ms, { state, lost, duplicated, known }] of verdicts) {
      if (ms < range.from.getTime() || ms >= range.to.getTime() || state === "complete") continue;
      const key = `${eventType} ${ms}`;
      this.#byHour.set(key, [...(this.#byHour.get(key) ?? []), { id, lost, duplicated, known }]);
      count += 1;
    }
    return count;
  }

  undo(id: string): void {
    for (const [key, all] of this.#byHour)
      this.#byHour.set(
        key,
        all.filter((each) => each.id !== id),
      );
  }

  /** While its figures are no worse than at one of its acceptances. */
  holds(eventType: string, hour: Date, now: PlainVerdict): boolean {
    return (this.#byHour.get(`${eventType} ${hour.getTime()}`) ?? []).some(
      ({ lost, duplicated, known }) => now.lost <= lost && now.duplicated <= duplicated && (now.known || !known),
    );
  }
}
