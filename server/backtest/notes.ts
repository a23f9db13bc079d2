import type { AlertRule } from "#domain/alert.ts";
import { type History, hasPromise, readsForecasts } from "#domain/backtest.ts";

/** Caveats about the figures, in sentences. */
export function notesOf({ spec }: AlertRule, history: History): string[] {
  const { types, typesInScope } = history;
  const { metric } = spec;
  const forecast = [
    "Probabilities use the current forecast, which has also learned from these hours, evaluated at 0, 15, 30, 45, 60, 90 min … after each hour's end on what was known then. Live, it is evaluated every minute.",
  ];
  return [
    ...(types.length < typesInScope
      ? [
          `An even sample of ${types.length} of ${typesInScope} event types was replayed; counts cover the sample. Narrow the scope or the range to include all.`,
        ]
      : []),
    "Types, deadlines, tolerances and owners are the catalogue's current ones; hours have their current verdicts.",
    "Reports are assumed to have reached Tidemark without delay.",
    "Alerts of one cause count as one page. Other rules, silences and time intervals would reduce the number.",
    ...(readsForecasts(metric) ? forecast : []),
    hasPromise(metric)
      ? "A breach is caught if an alert that names its hour fired before the hour was closed or final. The lead is the time left until the deadline, negative after it."
      : "This metric has no tolerance: nothing can be caught, missed or false.",
  ];
}
