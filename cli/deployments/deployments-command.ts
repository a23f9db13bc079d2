import { Command } from "commander";
import { alignColumns } from "#domain/align-columns.ts";
import type { DeploymentJson } from "#domain/api/catalogue.ts";
import type { RunningComponentJson } from "#domain/api/running-versions.ts";
import { ask, askAll } from "../call-api.ts";
import { minute, show } from "../print.ts";

interface Filters {
  dc?: string;
  component?: string;
  json: boolean;
}

/** `tidemark deployments`: what was deployed, and what runs. */
export function deploymentsCommand(): Command {
  const deployments = new Command("deployments");
  filtered(deployments.command("list", { isDefault: true }).description("list the last 50 deployments, newest first"))
    // The command `deployed` writes them.
    .action(async ({ json, ...filters }: Filters) => {
      const query = { ...queryOf(filters), limit: 50 };
      const { items } = await ask((api) => api.GET("/deployments", { params: { query } }));
      show(items, json, writeDeployments);
    });
  filtered(
    deployments.command("running").description("compare the versions in heartbeats with what was deployed last"),
  ).action(async ({ json, ...filters }: Filters) => {
    const found = await askAll((api, page) =>
      api.GET("/deployments/running", { params: { query: { ...page, ...queryOf(filters) } } }),
    );
    show(found, json, writeRunning);
  });
  return deployments;
}

function filtered(command: Command): Command {
  return command
    .option("--dc <datacenter>", "only at this datacenter")
    .option("--component <name>", "only of this component")
    .option("--json", "print JSON", false);
}

function queryOf({ dc, component }: Omit<Filters, "json">) {
  return { ...(dc === undefined ? {} : { datacenter: dc }), ...(component === undefined ? {} : { component }) };
}

function writeDeployments(deployments: readonly DeploymentJson[]): string[] {
  if (deployments.length === 0) return ["No deployments reported. `tidemark deployed` records one."];
  const rows = deployments.map(({ component, version, datacenter, deployedAt, deployedBy }) => [
    minute(deployedAt),
    component,
    version,
    datacenter ?? "everywhere",
    deployedBy ?? "-",
  ]);
  return alignColumns([["DEPLOYED (UTC)", "COMPONENT", "VERSION", "DATACENTER", "BY"], ...rows]);
}

function writeRunning(components: readonly RunningComponentJson[]): string[] {
  if (components.length === 0) return ["No heartbeats and no deployments in the last 30 days."];
  const rows = components.map(({ component, datacenter, standing, declared, instances, asDeployed, versions }) => [
    component,
    datacenter ?? "everywhere",
    standing.replaceAll("_", " "),
    declared ? `${declared.version} (${minute(declared.deployedAt)})` : "-",
    `${asDeployed}/${instances}`,
    versions
      .filter((each) => each.instances > 0 && each.standing !== "deployed")
      .map((each) => `${each.version ?? "version not reported"}: ${shorten(each.names, each.instances)}`)
      .join("; ") || "-",
  ]);
  return alignColumns([["COMPONENT", "DATACENTER", "STANDING", "DEPLOYED (UTC)", "RUN IT", "OTHERS"], ...rows]);
}

function shorten(names: readonly string[], count: number): string {
  const shown = names.slice(0, Math.min(3, count));
  const rest = count - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
