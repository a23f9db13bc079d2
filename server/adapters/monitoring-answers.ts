/** One answer of Google's, for every source that reads the project. */
interface Answer<Listed> {
  readonly from: Date;
  readonly askedAt: Date;
  readonly listed: Promise<Listed>;
}

/** Sources look every 60 s: an answer serves each of them once. In the product's time. */
const freshMs = 55_000;

/** What Google answered of a project and metric within the last look, so that a second source of the project does not ask again. */
export class MonitoringAnswers<Listed> {
  readonly #answers = new Map<string, Answer<Listed>>();
  readonly #readers = new Map<string, number>();

  /** Returns what ends it. A project that one source reads has nothing to share, and keeps nothing. */
  join(project: string): () => void {
    this.#readers.set(project, this.#count(project) + 1);
    return () => {
      this.#readers.set(project, this.#count(project) - 1);
      if (this.#count(project) > 1) return;
      for (const key of this.#answers.keys()) if (key.startsWith(`${project}/`)) this.#answers.delete(key);
    };
  }

  /** `isOwn`: this call asked. An answer that began later than `from` is not enough; a failure serves those that wait for it. */
  take(
    { project, metric, from, now }: { project: string; metric: string; from: Date; now: Date },
    ask: () => Promise<Listed>,
  ): { listed: Promise<Listed>; isOwn: boolean } {
    if (this.#count(project) < 2) return { listed: ask(), isOwn: true };
    const key = `${project}/${metric}`;
    const last = this.#answers.get(key);
    const isFresh = last !== undefined && Math.abs(now.getTime() - last.askedAt.getTime()) < freshMs;
    if (isFresh && last.from <= from) return { listed: last.listed, isOwn: false };
    const answer = { from, askedAt: now, listed: ask() };
    this.#answers.set(key, answer);
    answer.listed.catch(() => {
      if (this.#answers.get(key) === answer) this.#answers.delete(key);
    });
    return { listed: answer.listed, isOwn: true };
  }

  #count(project: string): number {
    return this.#readers.get(project) ?? 0;
  }
}
