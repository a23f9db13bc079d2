import type { AlertRule } from "../alert/rule.ts";
import type { Evaluated } from "../alert/rule-standing.ts";
import { sayUnseen } from "../alert/say-unseen.ts";
import { formatCountOf } from "../figures.ts";
import { withoutToday } from "../moment.ts";
import { sayMuted } from "../situation/say-situation.ts";
import type { Muted } from "../situation/situation.ts";

export const standings = ["off", "blind", "partly", "whole"] as const;
export type StandingState = (typeof standings)[number];

/** off: disabled. blind: it evaluates nothing. partly: something in its scope is not evaluated. */
export function standingState({ spec }: AlertRule, { isBlind, unseen }: Evaluated): StandingState {
  if (!spec.enabled) return "off";
  if (isBlind) return "blind";
  return unseen.length > 0 ? "partly" : "whole";
}

interface Standing {
  rule: AlertRule;
  evaluated: Evaluated;
  /** Alerts whose condition held last. */
  active: number;
  /** Why none of them is notified, or would be; null: they are. */
  muted: Muted | null;
  now: Date;
}

/** What it evaluates, what of that fires, and why not the rest: the sentence of every screen, answer and command. */
export function sayStanding({ rule, evaluated, active, muted, now }: Standing): string {
  const state = standingState(rule, evaluated);
  if (state === "off") return "Disabled: nothing is evaluated.";
  const reasons = evaluated.unseen.map((each) => sayUnseen(each, rule.spec.scope));
  const parts =
    state === "blind"
      ? [`Evaluates nothing now: ${reasons.join("; ")}.`, active > 0 && `${sayActive(active)} from before.`]
      : [
          `Evaluates ${sayEvaluated(evaluated)}; ${sayActive(active)}.`,
          ...sayByChance(evaluated),
          ...reasons.map(asSentence),
        ];
  const said = [...parts, muted && sayMuted(muted)].filter((part) => typeof part === "string").join(" ");
  return withoutToday(said, now);
}

function sayByChance({ byChance: [first, ...others] }: Evaluated): string[] {
  if (!first) return [];
  const more = others.length === 0 ? "" : ` So it is for ${formatCountOf(others.length, "more event type")}.`;
  return [`${asSentence(first.clause)}${more}`];
}

function sayActive(active: number): string {
  if (active === 0) return "no alert is active";
  return `${formatCountOf(active, "alert")} ${active === 1 ? "is" : "are"} active`;
}

function sayEvaluated({ at, count, eventTypes }: Evaluated): string {
  const ofTypes = `of ${formatCountOf(eventTypes, "event type")}`;
  switch (at) {
    case "ingest":
      return "Tidemark's own ingest";
    case "datacenters":
      return formatCountOf(count, "datacenter");
    case "volumes":
      return `the volume of ${formatCountOf(count, "event type")}`;
    case "lanes":
      return `${formatCountOf(count, "lane")} ${ofTypes}`;
    case "closed hours":
      return `${formatCountOf(count, "hour")} ${ofTypes}`;
    case "unclosed hours":
      return count === 0
        ? `the ended hours ${ofTypes}, all closed`
        : `${formatCountOf(count, "unclosed hour")} ${ofTypes}`;
  }
}

function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
