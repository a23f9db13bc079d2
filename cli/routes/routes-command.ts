import { Command } from "commander";
import { CliError } from "../cli-error.ts";
import { testRoutes } from "./test-routes.ts";

interface Options {
  tree?: string;
  verify?: string[];
  json: boolean;
}

/** `tidemark routes test`: like `amtool config routes test` for Alertmanager's tree. */
export function routesCommand(): Command {
  const routes = new Command("routes");
  routes
    .command("test")
    .description("print the receivers of an alert with these labels, in the tree's order")
    .argument("[labels...]", "label=value, like severity=page datacenter=ams")
    .option("--tree <path>", "a file or folder with a RoutingTree document (default: the applied tree)")
    .option("--verify <receivers>", "fail unless the receivers are exactly these, separated by commas", readReceivers)
    .option("--json", "print each route with its group and timings", false)
    .action(async (texts: string[], { tree, verify, json }: Options) => {
      const found = await testRoutes({ labels: readLabels(texts), tree: tree ?? null });
      const receivers = found.receivers.join(",");
      process.stdout.write(`${json ? JSON.stringify(found, null, 2) : receivers}\n`);
      if (verify && verify.join(",") !== receivers) {
        throw new CliError(`Receivers are ${receivers}, expected ${verify.join(",")}.`);
      }
    });
  return routes;
}

/** `severity=page` and the like; everything after the first = is the value. */
function readLabels(texts: readonly string[]): Record<string, string> {
  const labels = texts.map((text): [string, string] => {
    const at = text.indexOf("=");
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
    throw new CliError(`"${text}" is not a label. Write label=value, like severity=page.`);
  });
  return Object.fromEntries(labels);
}

function readReceivers(text: string): string[] {
  return text.split(",").map((receiver) => receiver.trim());
}
