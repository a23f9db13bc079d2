import type { CauseCode } from "../explain/cause.ts";
import type { AlertFacts, TypeFacts } from "./facts.ts";
import type { Looks } from "./looks.ts";
import type { MetricTerms } from "./metric-terms.ts";
import type { Reading } from "./reading.ts";
import type { Threshold, ThresholdKind } from "./threshold-kinds.ts";

export type { MetricTerms } from "./metric-terms.ts";

/** Everything there is to say of a metric: its file in metrics/ is the only one that knows it by name. */
export type Metric = MetricTraits & (TypeMetric | FleetMetric);

interface MetricTraits {
  /** Its name on screens. */
  label: string;
  /** What the figure is, and of what. */
  about: string;
  /** Completes "Fires when …". `text`: the threshold for people; `threshold`: null if it cannot be read. */
  condition: (text: string, threshold: Threshold | null) => string;
  /** null: a rule has factors in `windows` instead. */
  threshold: ThresholdKind | null;
  /** The bad side of the threshold. awayFrom1: below a threshold under 1, above any other. */
  fires: Comparison | "awayFrom1";
  /** Hours beyond those that are not closed. Without them, alerts of a type keep their state. */
  needs: "closed hours" | "volumes" | null;
  /** It adds up over the rule's `window`. */
  hasWindow?: true;
  /** Unknown for every new hour at first: that alone is no alert without data. */
  isUnknownAtFirst?: true;
  /** The cause that an alert of it points to, and the weight of the sign (0 to 1), below any explanation of the hours. */
  cause: { code: CauseCode; score: number };
  replay: Replay;
  /** What it evaluates, and why not the rest. */
  looks: Looks;
  /** Its page in docs/runbooks where it shares one; else the page is named after it. */
  runbook?: string;
}

/** A figure of one event type. */
interface TypeMetric {
  of: "type";
  read: (type: TypeFacts, facts: AlertFacts, terms: MetricTerms) => Reading[];
}

/** A figure of datacenters, or of Tidemark itself, over the types in the rule's scope. */
interface FleetMetric {
  of: "datacenter" | "tidemark";
  read: (facts: AlertFacts, types: readonly TypeFacts[]) => Reading[];
}

export type Comparison = "above" | "below";

/** How a backtest replays the metric over stored hours (domain/backtest/replay-plan.ts), and the promise whose breaches it catches. */
export type Replay =
  | { as: "waiting" | "chance" | "burning"; promise: HourPromise }
  /** By what sources counted in each hour, once the hour has ended. */
  | { as: "counted" }
  /** byThreshold: chance may explain a count under one threshold and not under another. */
  | { as: "news"; of: "lossy" | "duplicated" | "skewed"; byThreshold: boolean; promise: HourPromise | null }
  /** Completes "This metric has no history to backtest: …". */
  | { as: "nothing"; why: string };

export type HourPromise = "deadline" | "losses" | "duplicates" | "objectives";
