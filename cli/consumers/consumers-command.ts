import { Command } from "commander";
import { type Api, ask, askAll } from "../call-api.ts";
import { print, show } from "../print.ts";
import { writeConsumers, writeDiscovered } from "./write-consumers.ts";

const ofConsumer = (name: string, consumer: string) => ({ params: { path: { name, consumer } } });

/** `tidemark consumers`: who reads which hours, and which jobs OpenLineage says do. */
export function consumersCommand(): Command {
  const consumers = new Command("consumers");
  consumers
    .command("list", { isDefault: true })
    .description("list registered consumers")
    .option("--json", "print JSON", false)
    .action(async ({ json }: { json: boolean }) => {
      show(await askAll((api, query) => api.GET("/consumers", { params: { query } })), json, writeConsumers);
    });
  consumers
    .command("discovered")
    .description("list jobs that read event types according to OpenLineage events, and are not registered")
    .option("--dismissed", "list those that were dismissed", false)
    .option("--json", "print JSON", false)
    .action(async ({ dismissed, json }: { dismissed: boolean; json: boolean }) => {
      const of = dismissed ? ("true" as const) : ("false" as const);
      const list = (api: Api, page: { limit: number; cursor?: string }) =>
        api.GET("/discovered-consumers", { params: { query: { ...page, dismissed: of } } });
      show(await askAll(list), json, writeDiscovered);
    });
  ofTypeAndName(consumers.command("adopt").description("register a discovered job as a consumer of an event type"))
    .requiredOption("--contact <contact>", "a person, channel or address")
    .option("--team <team>", "the team that owns it")
    .action(async (eventType: string, consumer: string, { contact, team }: { contact: string; team?: string }) => {
      const body = { contact, ...(team === undefined ? {} : { owner: team }) };
      await ask((api) =>
        api.PUT("/event-types/{name}/consumers/{consumer}", {
          ...ofConsumer(eventType, consumer),
          // One that is registered already is not replaced.
          headers: { "if-none-match": "*" },
          body,
        }),
      );
      print(`${consumer} is registered as a consumer of ${eventType}.`);
    });
  ofTypeAndName(consumers.command("dismiss").description("stop suggesting a discovered job")).action(
    async (eventType: string, consumer: string) => {
      await ask((api) =>
        api.POST("/event-types/{name}/discovered-consumers/{consumer}/dismiss", ofConsumer(eventType, consumer)),
      );
      print(`${consumer} is dismissed as a consumer of ${eventType}.`);
    },
  );
  ofTypeAndName(consumers.command("restore").description("undo a dismissal: suggest the job again")).action(
    async (eventType: string, consumer: string) => {
      await ask((api) =>
        api.POST("/event-types/{name}/discovered-consumers/{consumer}/restore", ofConsumer(eventType, consumer)),
      );
      print(`${consumer} is suggested again as a consumer of ${eventType}.`);
    },
  );
  return consumers;
}

function ofTypeAndName(command: Command): Command {
  return command
    .argument("<type>", "the event type that it reads")
    .argument("<consumer>", "its name, as `tidemark consumers discovered` lists it");
}
