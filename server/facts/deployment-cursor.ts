import { z } from "zod";
import { idPattern } from "#server/page.ts";
import type { DeploymentKey } from "./list-deployments.ts";

const keySchema = z.object({ deployedAt: z.iso.datetime(), id: z.string().regex(idPattern) });

/** A list cursor as the API writes and reads it. */
export function writeDeploymentCursor({ deployedAt, id }: DeploymentKey): string {
  return Buffer.from(JSON.stringify({ deployedAt, id })).toString("base64url");
}

/** null if invalid: the page then starts at the beginning of the list. */
export function readDeploymentCursor(cursor: string): DeploymentKey | null {
  try {
    return keySchema.safeParse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}
