import type { SourceJson } from "#domain/api/sources.ts";
import { formatCount } from "#domain/figures.ts";
import { bad, type Finding, note, ok } from "./check.ts";

/** What was collected last from each source, as findings; none where there is no source. */
export function judgeSources(sources: readonly Pick<SourceJson, "name" | "state" | "run">[]): Finding[] {
  return sources.map(({ name, state, run }) => {
    if (run === null || state === "disabled") {
      return note(`Source ${name}: ${state === "disabled" ? "disabled" : "not collected yet"}.`);
    }
    if (state === "failing") return bad(`Source ${name}: failing since ${run.failingSince}: ${run.error}`);
    const [problem] = run.problems;
    if (problem !== undefined) return note(`Source ${name}: ${problem} \`npx tidemark sources\` lists all.`);
    const unmapped = run.notMapped === 0 ? "" : `, ${formatCount(run.notMapped)} that no pattern matches`;
    return ok(`Source ${name}: ${formatCount(run.mapped)} resources collected${unmapped}.`);
  });
}
