import { Command } from "commander";
import { type Api, ask, askAll } from "../call-api.ts";
import { print, remark, show } from "../print.ts";
import { writeDeliveries, writeHook, writeHooks } from "./write-hooks.ts";

const ofName = (name: string) => ({ params: { path: { name } } });

/** `tidemark hooks`: webhooks of release tools, their deliveries and their secrets. */
export function hooksCommand(): Command {
  const hooks = new Command("hooks");
  asking(hooks.command("list", { isDefault: true }).description("list hooks, each with its last delivery")).action(
    async ({ json }: { json: boolean }) => {
      const found = await askAll((api, query) => api.GET("/deployment-hooks", { params: { query } }));
      show(found, json, writeHooks);
    },
  );
  asking(hooks.command("show").description("show a hook, and what no mapping of it matches"))
    .argument("<hook>", "the hook's name")
    .action(async (name: string, { json }: { json: boolean }) => {
      show(await ask((api) => api.GET("/deployment-hooks/{name}", ofName(name))), json, writeHook);
    });
  asking(hooks.command("deliveries").description("list what was delivered to a hook, newest first, with the outcome"))
    .argument("<hook>", "the hook's name")
    .action(async (name: string, { json }: { json: boolean }) => {
      const list = (api: Api, query: { limit: number; cursor?: string }) =>
        api.GET("/deployment-hooks/{name}/deliveries", { params: { path: { name }, query } });
      show(await askAll(list), json, writeDeliveries);
    });
  asking(hooks.command("rotate").description("create or rotate a hook's secret; it is printed only once"))
    .argument("<hook>", "the hook's name")
    .option("--overlap <duration>", "how long the present secret keeps working; 0s: it stops at once", "24h")
    .action(async (name: string, { overlap, json }: { overlap: string; json: boolean }) => {
      const made = await ask((api) =>
        api.POST("/deployment-hooks/{name}/rotate-secret", { ...ofName(name), body: { overlap } }),
      );
      if (json) return print(JSON.stringify(made, null, 2));
      print(made.secret);
      remark(
        `Hook "${name}" has a new secret. Enter it at the release tool, with the URL …/api/v1/hooks/${encodeURIComponent(name)}: it is not shown again.`,
      );
    });
  hooks
    .command("delete")
    .description("delete a hook: its deliveries are refused from then on; deployments that it recorded stay")
    .argument("<hook>", "the hook's name")
    .action(async (name: string) => {
      await ask((api) => api.DELETE("/deployment-hooks/{name}", ofName(name)));
      print(`Deleted the hook "${name}".`);
    });
  return hooks;
}

function asking(command: Command): Command {
  return command.option("--json", "print JSON", false);
}
