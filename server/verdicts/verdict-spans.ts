import { formatHour } from "#domain/hour.ts";
import { isChanged } from "#domain/revision.ts";
import type { Sql } from "#server/db/database.ts";
import { hourTraceId, type Span, startSpan } from "#server/process/tracing.ts";
import { loadTypeNames } from "./find-event-type.ts";
import type { HourKey } from "./load-facts.ts";
import type { JudgedHour } from "./write-verdicts.ts";

/** The spans of one judge's transaction: one for each hour whose verdict it changes, in that hour's own trace. */
export class VerdictSpans {
  readonly #linksOf: (hour: HourKey) => readonly string[];
  readonly #startedAtMs = Date.now();
  readonly #spans: Span[] = [];

  /** `linksOf`: what an hour's facts came from. */
  constructor(linksOf: (hour: HourKey) => readonly string[]) {
    this.#linksOf = linksOf;
  }

  /** Before anything that follows from the verdicts is written: it carries their traceparent on. A running hour's counts are no story yet. */
  async start(tx: Sql, judged: readonly JudgedHour[]): Promise<void> {
    const changed = judged.filter(
      ({ before, judgement }) =>
        isChanged(before, judgement) && (judgement.state !== "open" || before.state !== "open"),
    );
    if (changed.length === 0) return;
    const names = await loadTypeNames(tx, [...new Set(changed.map(({ eventTypeId }) => eventTypeId))]);
    for (const hour of changed) {
      const span = startSpan(() => this.#optionsOf(hour, names.get(hour.eventTypeId) ?? ""));
      if (!span) continue;
      hour.traceparent = span.traceparent;
      this.#spans.push(span);
    }
  }

  /** After the commit, or what prevented it. */
  end(error?: unknown): void {
    for (const span of this.#spans.splice(0)) {
      if (error !== undefined) span.failed(error);
      span.end();
    }
  }

  #optionsOf(hour: JudgedHour, eventType: string) {
    const { before, judgement, revision } = hour;
    return {
      name: "judge hour",
      kind: "internal" as const,
      parent: null,
      traceId: hourTraceId(eventType, hour.hour),
      links: this.#linksOf(hour),
      startedAtMs: this.#startedAtMs,
      attributes: {
        "tidemark.event_type": eventType,
        "tidemark.hour": formatHour(hour.hour),
        "tidemark.state": judgement.state,
        "tidemark.state.before": before.state,
        "tidemark.revision": revision,
        "db.system.name": "postgresql",
      },
    };
  }
}
