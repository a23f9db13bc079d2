import { createHash } from "node:crypto";
import { isDatabaseUnreachable } from "#server/db/database-unreachable.ts";
import { within } from "#server/process/within.ts";
import type { ApiDeps } from "./api-deps.ts";
import { postponeMetrics, refuseMetrics } from "./probes.ts";
import { mayRead } from "./readers.ts";

/** Digests of credentials that could read the metrics: they still may while the database cannot be asked. */
const admitted = new Set<string>();
const mostAdmitted = 1_000;
const limitMs = 3_000;

/** null: the request may read the metrics; else the answer that it gets. */
export async function refuseScrape(request: Request, deps: ApiDeps): Promise<Response | null> {
  const { authorization, cookie } = Object.fromEntries(request.headers);
  const digest = createHash("sha256").update(`${authorization}\n${cookie}`).digest("base64");
  const wasAdmitted = admitted.has(digest) || deps.access.dashboard === "open";
  const unknown = () => (wasAdmitted ? null : postponeMetrics());
  if (deps.databaseAnswers?.() === false) return unknown();
  const may = await within(limitMs, mayRead(request, deps).catch(rethrowOthers));
  if (may === null) return unknown();
  if (!may) {
    admitted.delete(digest);
    return refuseMetrics();
  }
  if (admitted.size >= mostAdmitted) admitted.clear();
  admitted.add(digest);
  return null;
}

function rethrowOthers(error: unknown): null {
  if (isDatabaseUnreachable(error)) return null;
  throw error;
}
