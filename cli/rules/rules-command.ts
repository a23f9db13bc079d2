import { Command } from "commander";
import type { RuleJson, RuleStandingJson } from "#domain/api/alerts.ts";
import { ask, askAll } from "../call-api.ts";
import { show } from "../print.ts";

/** `tidemark rules [NAME]`: the rules in effect, or what one of them evaluates now. Needs a token with the scope read. */
export function rulesCommand(): Command {
  return new Command("rules")
    .argument("[name]", "the rule")
    .option("--json", "print JSON", false)
    .action(async (name: string | undefined, { json }: { json: boolean }) => {
      if (name === undefined) show(await list(), json, writeRules);
      else show(await standing(name), json, writeStanding);
    });
}

function list(): Promise<RuleJson[]> {
  return askAll((api, page) => api.GET("/rules", { params: { query: page } }));
}

function standing(name: string): Promise<RuleStandingJson> {
  return ask((api) => api.GET("/rules/{name}/standing", { params: { path: { name } } }));
}

/** A line per rule: its name, severity, metric, and how many of its alerts are active. */
export function writeRules(rules: readonly RuleJson[]): string[] {
  return rules.map(({ name, severity, metric, enabled, states }) => {
    const active = states.firing + states.recovering;
    return `${name} ${severity}, ${metric}: ${enabled ? `${active} active` : "disabled"}`;
  });
}

/** Its sentence, then the event types of each thing that it does not evaluate. */
export function writeStanding({ name, sentence, notEvaluated }: RuleStandingJson): string[] {
  const lines = notEvaluated.flatMap(({ code, eventTypes }) =>
    eventTypes.length === 0 ? [] : `  ${code}: ${eventTypes.join(", ")}`,
  );
  return [`${name}: ${sentence}`, ...lines];
}
