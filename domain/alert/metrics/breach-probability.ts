import { formatCountOf, formatShare } from "../../figures.ts";
import { formatHour } from "../../hour.ts";
import { momentOf } from "../../moment.ts";
import type { AlertFacts, HourNow, TypeFacts } from "../facts.ts";
import { heldUpBy, lateCulprits, unclosedHours } from "../held-up.ts";
import { knownUntil } from "../known-until.ts";
import type { Metric } from "../metric.ts";
import type { Reading } from "../reading.ts";
import { share } from "../threshold-kinds.ts";

/** The highest probability, 0 to 1, that an ended hour misses its deadline; 1 once the deadline has passed. */
export const breachProbability: Metric = {
  of: "type",
  label: "Chance of a missed deadline",
  about: "The highest chance, by the forecast, that an ended hour of a type misses its deadline.",
  condition: (text) => `the chance that an ended hour misses its deadline is above ${text}`,
  threshold: share(Array.from({ length: 19 }, (_, at) => `${5 * (at + 1)}%`)),
  fires: "above",
  needs: null,
  isUnknownAtFirst: true,
  cause: { code: "datacenter_behind", score: 0.1 },
  replay: { as: "chance", promise: "deadline" },
  runbook: "deadline",
  looks: {
    at: "unclosed hours",
    which: unclosedHours,
    unread: (hour, facts) => (chanceOf(hour, knownUntil(facts)) === null ? "no_forecast" : null),
  },
  read,
};

function read(type: TypeFacts, facts: AlertFacts): Reading[] {
  const { now } = facts;
  // Without ingest, the hour's real state is unknown.
  const heardUntil = knownUntil(facts);
  const asked = unclosedHours(type).map((hour) => ({ hour, chance: chanceOf(hour, heardUntil) }));
  if (asked.length === 0) return [];
  const known = asked.flatMap(({ hour, chance }) => (chance === null ? [] : { hour, chance }));
  const worst = known.reduce<(typeof known)[number] | null>((a, b) => (a && a.chance >= b.chance ? a : b), null);
  if (!worst) {
    const sentence = () => `${type.eventType}: no forecast yet for ${formatCountOf(asked.length, "unclosed hour")}.`;
    return [{ datacenter: null, value: null, hours: [], culprits: [], since: null, sentence }];
  }
  const { hour, chance } = worst;
  return [
    {
      datacenter: null,
      value: chance,
      hours: known.filter((each) => each.chance >= chance / 2).map((each) => each.hour.hour),
      culprits: lateCulprits(type, hour),
      since: null,
      sentence: () => {
        const name = `${type.eventType}: hour ${formatHour(hour.hour)}`;
        const who = heldUpBy(type, hour)[0] ?? "no single datacenter";
        const deadline = momentOf(hour.deadlineAt);
        if (now > hour.deadlineAt) return `${name} missed its deadline of ${deadline}; held up by ${who}.`;
        return `${name} is ${formatShare(chance, 1)} likely to miss its deadline of ${deadline}; held up by ${who}.`;
      },
    },
  ];
}

function chanceOf({ forecast, deadlineAt }: HourNow, heardUntil: Date | null): number | null {
  return heardUntil && heardUntil > deadlineAt ? 1 : (forecast?.breachProbability ?? null);
}
