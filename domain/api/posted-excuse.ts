import type { SloExcuseJson, SloExcusePreviewJson } from "./slo.ts";

type Posted = SloExcuseJson | SloExcusePreviewJson;

/** What `POST /slo/excuses` answers without `dryRun`. */
export function createdExcuse(posted: Posted): SloExcuseJson {
  if ("id" in posted) return posted;
  throw new Error("Tidemark answered with a preview instead of an excuse.");
}

/** What `POST /slo/excuses` answers with `dryRun`. */
export function excusePreview(posted: Posted): SloExcusePreviewJson {
  if ("hourCount" in posted) return posted;
  throw new Error("Tidemark answered with an excuse instead of a preview.");
}
