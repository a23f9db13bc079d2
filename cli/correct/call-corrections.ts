import type { CorrectionJson, CorrectionPreviewJson } from "#domain/api/corrections.ts";
import { ApiRefusal, type Call, callApi } from "../call-api.ts";
import { CliError } from "../cli-error.ts";
import { findConnection } from "../connection.ts";

export const exitCodes = { unusable: 2, conflict: 3 } as const;

export function makeCorrection(body: object): Promise<CorrectionJson> {
  return call("/corrections", { method: "POST", body: JSON.stringify(body) });
}

export function previewCorrection(body: object): Promise<CorrectionPreviewJson> {
  return call("/corrections?dryRun=true", { method: "POST", body: JSON.stringify(body) });
}

export function undoCorrection(id: string, reason: string | undefined): Promise<CorrectionJson> {
  const query = reason === undefined ? "" : `?${new URLSearchParams({ reason })}`;
  return call(`/corrections/${encodeURIComponent(id)}${query}`, { method: "DELETE" });
}

/** All of them, page by page. */
export async function listCorrections(filters: {
  type?: string;
  datacenter?: string;
  all: boolean;
}): Promise<CorrectionJson[]> {
  const query = new URLSearchParams({ limit: "500" });
  if (filters.type !== undefined) query.set("eventType", filters.type);
  if (filters.datacenter !== undefined) query.set("datacenter", filters.datacenter);
  if (!filters.all) query.set("active", "true");
  const corrections: CorrectionJson[] = [];
  for (;;) {
    const page = await call<{ items: CorrectionJson[]; nextCursor: string | null }>(`/corrections?${query}`);
    corrections.push(...page.items);
    if (page.nextCursor === null) return corrections;
    query.set("cursor", page.nextCursor);
  }
}

/** Prints every fault, and exits with the code of its kind. */
async function call<Body>(path: string, request: Call = {}): Promise<Body> {
  const connection = await findConnection();
  try {
    return await callApi<Body>(connection, path, request);
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    const { detail, errors = [], status } = error.problem;
    const faults = errors.map((fault) => `  ${fault.pointer ?? fault.parameter ?? ""}: ${fault.detail}`);
    const exitCode = status === 409 ? exitCodes.conflict : status === 400 || status === 404 ? exitCodes.unusable : 1;
    throw new CliError([detail, ...faults].join("\n"), exitCode);
  }
}
