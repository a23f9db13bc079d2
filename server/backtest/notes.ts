import type { AlertRule } from "#domain/alert.ts";
import type { History } from "#domain/backtest.ts";

/** Caveats about the figures, in sentences. */
export function notesOf({ spec }: AlertRule, history: History): string[] {
  const { types, typesInScope } = history;
  const { metric } = spec;
  const forecast = [
    "Chances are those of the forecast as it is fitted now, which has learned from these hours too, asked at 0, 15, 30, 45, 60, 90 min … after each hour's end by what was known then. Live, it is asked every minute.",
  ];
  return [
    ...(types.length < typesInScope
      ? [
          `Of ${typesInScope} event types an even part of ${types.length} was replayed; counts are of these alone. Narrow the scope or the range for all.`,
        ]
      : []),
    "Types, deadlines, tolerances and owners are taken as the catalogue has them now, hours as their verdicts stand now.",
    "Tidemark itself is taken to have heard everything at once: what arrived late by its own fault counts as the reporter's time.",
    "Alerts of one cause are one page; other rules, silences and time intervals would make them fewer.",
    ...(metric === "breach_probability" ? forecast : []),
    ...(metric === "skew_ratio"
      ? ["No tolerance is promised of misplaced events: nothing can be caught, missed or false."]
      : [
          "A breach is caught when an alert that fired told of its hour at any time before the hour was closed or final; its lead is what was left until the hour's deadline, negative after it.",
        ]),
  ];
}
