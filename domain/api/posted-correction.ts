import type { CorrectionJson, CorrectionPreviewJson } from "./corrections.ts";

type Posted = CorrectionJson | CorrectionPreviewJson;

/** What `POST /corrections` answers without `dryRun`. */
export function createdOf(posted: Posted): CorrectionJson {
  if ("id" in posted) return posted;
  throw new Error("Tidemark answered with a preview instead of a correction.");
}

/** What `POST /corrections` answers with `dryRun`. */
export function previewOf(posted: Posted): CorrectionPreviewJson {
  if ("hourCount" in posted) return posted;
  throw new Error("Tidemark answered with a correction instead of a preview.");
}
