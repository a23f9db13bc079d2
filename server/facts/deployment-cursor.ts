import { z } from "zod";
import type { DeploymentKey } from "./list-deployments.ts";

const keySchema = z.object({ deployedAt: z.iso.datetime(), id: z.string().regex(/^\d{1,18}$/) });

/** As the API writes and reads a list's cursor. */
export function writeDeploymentCursor({ deployedAt, id }: DeploymentKey): string {
  return Buffer.from(JSON.stringify({ deployedAt, id })).toString("base64url");
}

/** null for what names no place in the list: a page then begins at its start. */
export function readDeploymentCursor(cursor: string): DeploymentKey | null {
  try {
    return keySchema.safeParse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}
