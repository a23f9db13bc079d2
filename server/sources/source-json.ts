import type { SourceJson } from "#domain/api/sources.ts";
import { kindOfSource } from "#domain/source.ts";
import type { Source, SourceRun } from "#server/db/generated/client.ts";
import { specTag } from "#server/precondition.ts";

type Row = Source & { run: SourceRun | null };

export function toSourceJson({ name, spec: stored, run, updatedAt, updatedBy }: Row): SourceJson {
  const spec = stored as SourceJson["spec"];
  return {
    name,
    spec,
    etag: specTag(spec),
    kind: kindOfSource(spec),
    state: stateOf(spec, run),
    run: run && toRunJson(run),
    updatedAt: updatedAt.toISOString(),
    updatedBy,
  };
}

function stateOf({ enabled }: SourceJson["spec"], run: SourceRun | null): SourceJson["state"] {
  if (enabled === false) return "disabled";
  if (run === null) return "waiting";
  return run.failingSince === null ? "working" : "failing";
}

function toRunJson(run: SourceRun): NonNullable<SourceJson["run"]> {
  const { source, startedAt, endedAt, succeededAt, failingSince, problems, ...rest } = run;
  return {
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    succeededAt: succeededAt?.toISOString() ?? null,
    failingSince: failingSince?.toISOString() ?? null,
    problems: problems as string[],
    ...rest,
  };
}
