import { Argument, Command } from "commander";
import { ask } from "./call-api.ts";

const paths = {
  type: "/event-types/{name}",
  datacenter: "/datacenters/{name}",
  reporter: "/reporters/{name}",
} as const;

/** `tidemark delete`: deletes names that were never claimed. */
export function deleteCommand(): Command {
  return new Command("delete")
    .addArgument(new Argument("<kind>", "its kind").choices(Object.keys(paths)))
    .argument("<name>", "its name")
    .action(async (kind: keyof typeof paths, name: string) => {
      await ask((api) => api.DELETE(paths[kind], { params: { path: { name } } }));
      process.stdout.write(`Deleted the ${kind} "${name}".
`);
    });
}
