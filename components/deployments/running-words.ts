import type { RunningComponentJson } from "#domain/api/running-versions.ts";
import { formatCount, formatCountOf } from "#domain/figures.ts";
import type { RunningStanding } from "#domain/running-versions.ts";

const words: Record<RunningStanding, string> = {
  as_deployed: "as deployed",
  rolling_out: "rolling out",
  mixed: "mixed versions",
  behind: "behind",
  undeclared: "undeclared version",
  unknown: "version not reported",
  silent: "silent",
  unseen: "no heartbeats",
};

type Standing = Pick<RunningComponentJson, "standing" | "declared">;

export function standingWord(running: Standing): string {
  return isUnrecorded(running) ? "no deployment recorded" : words[running.standing];
}

/** What asks for a look: a version that should not run, or nothing that should. */
export function isTrouble(running: Standing): boolean {
  const { standing } = running;
  if (isUnrecorded(running)) return false;
  return standing === "mixed" || standing === "behind" || standing === "undeclared" || standing === "silent";
}

/** Of a component whose deployments are not recorded, no version is wrong. */
function isUnrecorded({ standing, declared }: Standing): boolean {
  return standing === "undeclared" && declared === null;
}

/** How many components run what was deployed. */
export function runningSentence(items: readonly RunningComponentJson[]): string {
  const fine = items.filter(({ standing }) => standing === "as_deployed").length;
  if (fine === items.length) {
    return items.length === 1
      ? "The one component runs the version deployed last."
      : `All ${formatCount(items.length)} components run the version deployed last.`;
  }
  return `${formatCount(fine)} of ${formatCountOf(items.length, "component")} ${fine === 1 ? "runs" : "run"} the version deployed last.`;
}

/** The instances that run something else: `1.9.0 on e-1, e-2 and 3 more`. */
export function differingWords({ versions }: RunningComponentJson): string[] {
  return versions.flatMap(({ version, standing, instances, names }) => {
    if (standing === "deployed" || instances === 0) return [];
    const shown = names.slice(0, Math.min(3, instances));
    const rest = instances - shown.length;
    const tail = rest > 0 ? ` and ${formatCount(rest)} more` : "";
    return [`${version ?? "no version"} on ${shown.join(", ")}${tail}`];
  });
}
