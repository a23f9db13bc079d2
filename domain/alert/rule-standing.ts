import { hourEnd } from "../hour.ts";
import { baselineDays } from "../volume.ts";
import type { AlertFacts, TypeFacts } from "./facts.ts";
import { typesInScope } from "./in-scope.ts";
import { knownUntil } from "./known-until.ts";
import type { BesideFacts, Looks, UnseenCode } from "./looks.ts";
import { metrics } from "./metrics.ts";
import type { AlertRule } from "./rule.ts";
import type { Unseen } from "./say-unseen.ts";

/** What a rule evaluates at the facts' instant, and why not the rest. */
export interface Evaluated {
  /** Event types in scope; for rules about datacenters or Tidemark, those that their sentences count. */
  eventTypes: number;
  /** What its metric is about. */
  at: Looks["at"];
  /** How many of those it evaluates; of unclosed hours there can rightly be none. */
  count: number;
  /** It evaluates nothing at all. */
  isBlind: boolean;
  unseen: readonly Unseen[];
  /** What would hold if chance did not explain it: a clause by event type. */
  byChance: readonly { eventType: string; clause: string }[];
}

/** Hours closed in the past are known for as long as `facts` hold them. */
export function evaluatedBy(rule: AlertRule, facts: AlertFacts, beside: BesideFacts): Evaluated {
  const types = typesInScope(rule.spec, facts);
  const looks = metrics[rule.spec.metric].looks;
  const tally = new Tally();
  const isOfTypes = looks.at !== "ingest" && looks.at !== "datacenters";
  if (isOfTypes && types.length === 0) tally.miss("no_type");
  else if (looks.at !== "volumes" && !knownUntil(facts)) tally.miss("nothing_received");
  else if (looks.at === "ingest") tally.see(1);
  else if (looks.at === "datacenters") seeDatacenters(rule, looks, { facts, types, tally });
  else for (const type of types) seeType(rule, looks, { type, facts, beside, tally });
  return { eventTypes: types.length, at: looks.at, ...tally.result() };
}

class Tally {
  readonly #unseen = new Map<UnseenCode, { count: number; eventTypes: Set<string>; days: number }>();
  readonly #byChance: { eventType: string; clause: string }[] = [];
  #count = 0;
  #isBlind = true;

  /** `count` may be 0: nothing is wrong, and that is known. */
  see(count: number): void {
    this.#count += count;
    this.#isBlind = false;
  }

  miss(code: UnseenCode, { count = 1, type, days = 0 }: { count?: number; type?: string; days?: number } = {}): void {
    if (count === 0) return;
    const found = this.#unseen.get(code) ?? { count: 0, eventTypes: new Set(), days: 0 };
    found.count += count;
    found.days = Math.max(found.days, days);
    if (type !== undefined) found.eventTypes.add(type);
    this.#unseen.set(code, found);
  }

  explain(eventType: string, clause: string | null): void {
    if (clause !== null) this.#byChance.push({ eventType, clause });
  }

  result(): Pick<Evaluated, "count" | "isBlind" | "unseen" | "byChance"> {
    const unseen = [...this.#unseen].map(([code, found]) => ({ code, ...found, eventTypes: [...found.eventTypes] }));
    return { count: this.#count, isBlind: this.#isBlind, unseen, byChance: this.#byChance };
  }
}

type DatacenterLooks = Extract<Looks, { at: "datacenters" }>;

function seeDatacenters(
  { spec: { scope } }: AlertRule,
  { unread }: DatacenterLooks,
  { facts, types, tally }: { facts: AlertFacts; types: readonly TypeFacts[]; tally: Tally },
): void {
  const named = facts.datacenters.filter(({ name }) => scope.datacenter?.includes(name) ?? true);
  if (named.length === 0) tally.miss("no_datacenter");
  for (const { name } of named) {
    const why = unread(name, facts, types);
    if (why === null) tally.see(1);
    else tally.miss(why);
  }
}

interface SeenType {
  type: TypeFacts;
  facts: AlertFacts;
  beside: BesideFacts;
  tally: Tally;
}

function seeType(rule: AlertRule, looks: Exclude<Looks, DatacenterLooks | { at: "ingest" }>, seen: SeenType): void {
  const { type, beside, tally } = seen;
  const { datacenter } = rule.spec.scope;
  const name = { type: type.eventType };
  const lanes = type.lanes.filter((lane) => datacenter?.includes(lane.datacenter) ?? true);
  if (lanes.length === 0) tally.miss("no_datacenter", name);
  else if (looks.at === "volumes") {
    const days = beside.volumeDays.get(type.eventType) ?? 0;
    if (days < baselineDays) tally.miss("no_baseline", { ...name, days });
    else tally.see(1);
  } else if (looks.at === "lanes") {
    for (const lane of lanes) {
      const why = looks.unread(lane);
      if (why === null) tally.see(1);
      else tally.miss(why, name);
    }
  } else seeHours(rule, looks, seen);
}

function seeHours(
  { spec }: AlertRule,
  looks: Extract<Looks, { at: "unclosed hours" | "closed hours" }>,
  { type, facts, beside, tally }: SeenType,
): void {
  const name = { type: type.eventType };
  const whyNone = looks.unreadType?.(type, beside) ?? null;
  if (whyNone) {
    tally.miss(whyNone, name);
    return;
  }
  // `type` is without the hours that the scope leaves out: they are counted from the facts as they are.
  const whole = facts.types.find(({ eventType }) => eventType === type.eventType) ?? type;
  const asked = new Set(looks.which(type, facts, spec).map(({ hour }) => hour.getTime()));
  const watchedFrom = type.watchedFrom.getTime();
  const leftOut = looks.which(whole, facts, spec).filter(({ hour }) => !asked.has(hour.getTime()));
  const before = leftOut.filter(({ hour }) => hourEnd(hour).getTime() < watchedFrom).length;
  tally.miss("before_claim", { ...name, count: before });
  tally.miss("beyond_horizon", { ...name, count: leftOut.length - before });
  tally.miss("accepted", { ...name, count: beside.acceptedHours.get(type.eventType) ?? 0 });
  const hours = looks.which(type, facts, spec);
  const reasons = hours.map((hour) => looks.unread?.(hour, facts) ?? null);
  for (const code of new Set(reasons))
    if (code) tally.miss(code, { ...name, count: reasons.filter((each) => each === code).length });
  tally.explain(type.eventType, looks.chance?.(type, facts, spec) ?? null);
  const read = reasons.filter((each) => each === null).length;
  if (read > 0) tally.see(read);
  else if (hours.length > 0) return;
  // That every ended hour is closed is known, and good.
  else if (looks.at === "unclosed hours" && type.hours.length > 0) tally.see(0);
  else if (leftOut.length === 0) tally.miss(looks.at === "unclosed hours" ? "no_hour_ended" : "no_recent_hour", name);
}
