import { type Fault, sayFound } from "../fault.ts";
import { type Measure, measures } from "../slo-measures.ts";
import { memberAt, unhonoured } from "./openslo-terms.ts";

/* OpenSLO v1 (github.com/OpenSLO/OpenSLO): one document of kind SLO per objective. Its subject is in annotations, because names there are
   lower-case labels and event types' names are not. */
const openSloVersion = "openslo/v1";
const annotation = { eventType: "tidemark/event-type", tier: "tidemark/tier", measure: "tidemark/measure" } as const;

/** An objective of a tier or of a type. */
export interface NamedObjective {
  readonly kind: "Tier" | "EventType";
  readonly name: string;
  readonly owner: string | null;
  readonly measure: Measure;
  /** Above 0 and below 1: OpenSLO has no 100 % objective. */
  readonly target: number;
}

const meaning: Record<Measure, string> = {
  timeliness: "hours closed by their deadline",
  completeness: "hours whose events were all delivered, within tolerance",
  skew: "events delivered into their own hour",
};

/** The document of an objective, for a YAML writer. */
export function toOpenSlo({ kind, name, owner, measure, target }: NamedObjective): Record<string, unknown> {
  const of = kind === "Tier" ? `tier ${name}` : name;
  const source = (part: "good" | "total") => ({
    metricSource: { type: "Tidemark", spec: { [kind === "Tier" ? "tier" : "eventType"]: name, measure, part } },
  });
  const byHours = measure !== "skew";
  return {
    apiVersion: openSloVersion,
    kind: "SLO",
    metadata: {
      name: labelOf(`${kind === "Tier" ? "tier" : "type"}-${name}`, measure),
      displayName: `${of}: ${measure}`,
      annotations: {
        [kind === "Tier" ? annotation.tier : annotation.eventType]: name,
        [annotation.measure]: measure,
      },
    },
    spec: {
      description: `Of ${of}, the share of ${meaning[measure]}, in a calendar month.`,
      service: labelOf(owner ?? "event-delivery"),
      indicator: {
        metadata: { name: labelOf(`${kind === "Tier" ? "tier" : "type"}-${name}`, `${measure}-sli`) },
        spec: { ratioMetric: { counter: true, good: source("good"), total: source("total") } },
      },
      timeWindow: [
        { duration: "1M", calendar: { startTime: "2026-01-01 00:00:00", timeZone: "UTC" }, isRolling: false },
      ],
      budgetingMethod: byHours ? "Timeslices" : "Occurrences",
      objectives: [{ displayName: measure, target, ...(byHours ? { timeSliceTarget: 1, timeSliceWindow: "1h" } : {}) }],
    },
  };
}

export type ReadOpenSlo =
  | { ok: true; objective: Omit<NamedObjective, "owner"> }
  /** A document of another kind, which has no objective of its own. */
  | { ok: "skipped"; kind: string }
  | { ok: false; faults: Fault[] };

const otherKinds = ["Service", "SLI", "DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget"];

/** The objective in an OpenSLO document. */
export function fromOpenSlo(value: unknown): ReadOpenSlo {
  const at = (pointer: string) => memberAt(value, pointer);
  const refuse = (pointer: string, must: string): ReadOpenSlo => {
    const found = at(pointer);
    return {
      ok: false,
      faults: [{ pointer, detail: `${must}; ${found === undefined ? "it is missing" : `found ${sayFound(found)}`}` }],
    };
  };
  if (at("/apiVersion") !== openSloVersion) return refuse("/apiVersion", `must be ${openSloVersion}`);
  const kind = at("/kind");
  if (typeof kind === "string" && otherKinds.includes(kind)) return { ok: "skipped", kind };
  if (kind !== "SLO") return refuse("/kind", `must be SLO, ${otherKinds.join(", ")}`);
  const annotations = (at("/metadata/annotations") ?? {}) as Record<string, unknown>;
  const eventType = annotations[annotation.eventType];
  const tier = annotations[annotation.tier];
  const isName = (name: unknown): name is string => typeof name === "string" && name !== "";
  if (isName(eventType) === isName(tier)) {
    return refuse("/metadata/annotations", `must have exactly one of ${annotation.eventType} and ${annotation.tier}`);
  }
  const measure = measures.find((each) => each === annotations[annotation.measure]);
  if (!measure)
    return refuse("/metadata/annotations", `must have ${annotation.measure}, one of ${measures.join(", ")}`);
  const objectives = at("/spec/objectives");
  if (!Array.isArray(objectives) || objectives.length !== 1)
    return refuse("/spec/objectives", "must have one objective");
  const target = readTarget(objectives[0]);
  if (target === null)
    return refuse("/spec/objectives/0/target", "must be a share above 0 and below 1, or be given as targetPercent");
  const faults = unhonoured(value, measure);
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    objective: {
      kind: isName(tier) ? "Tier" : "EventType",
      name: isName(tier) ? tier : String(eventType),
      measure,
      target,
    },
  };
}

function readTarget(objective: unknown): number | null {
  const target = memberAt(objective, "/target");
  const percent = memberAt(objective, "/targetPercent");
  if ((target === undefined) === (percent === undefined)) return null;
  // Moves the decimal point in the text: 99.95 / 100 is not the number 0.9995.
  const share = target === undefined ? Number(`${percent}e-2`) : target;
  return typeof share === "number" && share > 0 && share < 1 ? share : null;
}

/** A lower-case label of at most 63 characters (RFC 1123); two names may share one, so it identifies nothing. */
function labelOf(text: string, suffix?: string): string {
  const label = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const tail = suffix ? `-${suffix}` : "";
  return `${(label || "x").slice(0, 63 - tail.length).replace(/-$/, "")}${tail}`;
}
