import type { Context as HonoContext } from "hono";
import { type AuditDoor, commandLineAgent, type Origin } from "#domain/audit/origin.ts";
import type { ApiEnv } from "./api-deps.ts";
import { addressOf } from "./rate-limits.ts";

/** Where a request came from, for the audit log. */
export function originOf(c: HonoContext<ApiEnv>, door: AuditDoor): Origin {
  const address = addressOf(c);
  const isCommandLine = door === "token" && (c.req.header("user-agent") ?? "").startsWith(commandLineAgent);
  return {
    door: isCommandLine ? "command_line" : door,
    address: address === "unknown" ? null : address,
    requestId: c.get("requestId") ?? null,
  };
}
