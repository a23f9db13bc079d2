import { z } from "zod";
import { scopes } from "../access/scope.ts";
import { instant } from "./shared.ts";

export const tokenSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(scopes)),
    createdAt: instant,
    createdBy: z.string(),
    owner: z.string().meta({ description: "Who answers for it." }),
    teams: z.array(z.string()).meta({
      description:
        "Whose event types, alert rules, channels and consumers it may change; those without an owner it may always change. Empty: no limit.",
    }),
    expiresAt: instant.nullable(),
    rotatedAt: instant.nullable(),
    previousUntil: instant
      .nullable()
      .meta({ description: "Until when the secret before the last rotation still works." }),
    revokedAt: instant.nullable(),
    revokedBy: z.string().nullable(),
    lastUsedAt: instant.nullable().meta({ description: "To the minute." }),
    datacenters: z
      .array(z.string())
      .meta({ description: "Glob patterns of those whose facts and verdicts it may change; empty: all." }),
    eventTypes: z
      .array(z.string())
      .meta({ description: "Glob patterns of those whose facts and verdicts it may change; empty: all." }),
  })
  .meta({ id: "Token" });

export const newTokenSchema = tokenSchema
  .extend({ token: z.string().meta({ description: "The secret, shown only once.", example: "tm_…" }) })
  .meta({ id: "NewToken" });

export type TokenJson = z.infer<typeof tokenSchema>;
