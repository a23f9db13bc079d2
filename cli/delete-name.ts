import { Argument, Command } from "commander";
import { callApi } from "./call-api.ts";
import { findConnection } from "./connection.ts";

const paths = { type: "event-types", datacenter: "datacenters", reporter: "reporters" } as const;

/** `tidemark delete`: deletes names that were never claimed. */
export function deleteCommand(): Command {
  return new Command("delete")
    .description("delete an event type, datacenter or reporter that was never claimed, with its facts")
    .addArgument(new Argument("<kind>", "what it is").choices(Object.keys(paths)))
    .argument("<name>", "its name")
    .action(async (kind: keyof typeof paths, name: string) => {
      await callApi(await findConnection(), `/${paths[kind]}/${encodeURIComponent(name)}`, { method: "DELETE" });
      process.stdout.write(`The ${kind} "${name}" is deleted.\n`);
    });
}
