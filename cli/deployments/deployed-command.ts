import { Command } from "commander";
import { ask } from "../call-api.ts";
import { print } from "../print.ts";

interface Options {
  dc?: string;
  at?: string;
  by?: string;
  url?: string;
  id?: string;
  json: boolean;
}

/** `tidemark deployed`: the last step of a release pipeline. Needs a token with the scope ingest. */
export function deployedCommand(): Command {
  return new Command("deployed")
    .argument("<component>", "the component, as its heartbeats name it")
    .argument("<version>", "the version, as its heartbeats give it")
    .option("--dc <datacenter>", "the datacenter (default: every datacenter)")
    .option("--at <instant>", "when, like 2026-11-22T13:00:00Z (default: now)")
    .option("--by <name>", "who deployed it (default: the token's name)")
    .option("--url <url>", "the pipeline run or release, shown as a link")
    .option("--id <id>", "recorded once for each id, so that a step can be repeated (default: a new one)")
    .option("--json", "print the API's response", false)
    .action(async (component: string, version: string, { dc, at, by, url, id, json }: Options) => {
      const body = { component, version, datacenter: dc, deployedAt: at, deployedBy: by, url, id };
      const recorded = await ask((api) => api.POST("/deployments", { body }));
      if (json) print(JSON.stringify(recorded, null, 2));
      else print(`${component} ${version} is recorded as deployed at ${dc ?? "every datacenter"}, id ${recorded.id}.`);
    });
}
