import { Command } from "commander";
import { ask, askAll } from "../call-api.ts";
import { show } from "../print.ts";
import { writeSource, writeSources } from "./write-sources.ts";

const ofName = (name: string) => ({ params: { path: { name } } });

/** `tidemark sources`: what is measured outside already, and whether it is collected. */
export function sourcesCommand(): Command {
  const sources = new Command("sources");
  sources
    .command("list", { isDefault: true })
    .description("list sources, each with its last collection")
    .option("--json", "print JSON", false)
    .action(async ({ json }: { json: boolean }) => {
      const found = await askAll((api, page) => api.GET("/sources", { params: { query: page } }));
      show(found, json, writeSources);
    });
  sources
    .command("show")
    .description("list a source's problems, and its resources with what they feed")
    .argument("<source>", "the source's name")
    .option("--json", "print JSON", false)
    .action(async (name: string, { json }: { json: boolean }) => {
      const source = await ask((api) => api.GET("/sources/{name}", ofName(name)));
      const resources = await askAll((api, query) =>
        api.GET("/sources/{name}/resources", { params: { path: { name }, query } }),
      );
      show({ ...source, resources }, json, writeSource);
    });
  return sources;
}
