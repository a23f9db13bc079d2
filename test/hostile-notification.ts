import fc from "fast-check";
import type { Notification } from "#domain/notification.ts";
import { notification } from "./notification.ts";
import { situationForTest } from "./situation.ts";

const long = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.integer({ min: 0, max: 60_000 }).map((length) => "🌊<!channel>&\u0000\n".repeat(length / 12)),
);
const labels = fc.dictionary(fc.string({ maxLength: 300 }), long, { maxKeys: 60 });

/** Long, odd and many of everything. */
export const hostileNotification: fc.Arbitrary<Notification> = fc
  .record({
    title: long,
    threadKey: long,
    commonLabels: labels,
    summary: long,
    cause: long,
    alerts: fc.integer({ min: 0, max: 3_000 }),
    kind: fc.constantFrom("notify" as const, "repeat" as const, "escalate" as const),
    status: fc.constantFrom("firing" as const, "resolved" as const),
    severity: fc.constantFrom("page", "ticket", "info", "odd"),
  })
  .map(({ alerts, summary, cause, ...rest }) => {
    const base = notification(rest);
    const [first] = base.alerts;
    return {
      ...base,
      incident: base.incident && {
        ...base.incident,
        cause,
        situation: situationForTest({ sentence: summary, cause: { ...situationForTest().cause, sentence: cause } }),
      },
      commonAnnotations: { runbook_url: summary },
      alerts: Array.from({ length: alerts }, (_, index) => ({
        ...(first as Notification["alerts"][number]),
        fingerprint: String(index),
        annotations: { summary },
      })),
    };
  });
