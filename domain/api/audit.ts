import { z } from "zod";
import { auditActs } from "../audit/acts.ts";
import { auditActorKinds, auditDoors } from "../audit/origin.ts";
import { instant } from "./shared.ts";

const fieldValue = z
  .any()
  .refine((value) => value !== undefined)
  .meta({ $ref: "#/components/schemas/JsonValue" });
const side = z.record(z.string(), fieldValue).nullable();

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: instant.meta({ description: "By the database's clock." }),
    actor: z.string().meta({ description: "The name under which it was done." }),
    actorKind: z.enum(auditActorKinds),
    actorId: z.string().nullable().meta({ description: "Of the person or token." }),
    act: z.enum(auditActs),
    kind: z.string().meta({ description: "Of the object: the part of the act before the dot.", example: "channel" }),
    name: z.string().meta({ description: "The object's name, or its id where it has none." }),
    team: z.string().nullable().meta({ description: "The object's owner, where it has one." }),
    before: side.meta({ description: "The fields that differ, as they were; null: there was no object." }),
    after: side.meta({ description: "The fields that differ, as they became; null: there is none any more." }),
    reason: z.string().nullable().meta({ description: "In the author's words." }),
    door: z.enum(auditDoors).meta({ description: "How it came in." }),
    address: z.string().nullable().meta({ description: "Where from; an IPv6 address as its /64." }),
    requestId: z.string().nullable().meta({ description: "As in `X-Request-Id`, logs and problems." }),
  })
  .meta({ id: "AuditEntry" });

export type AuditEntryJson = z.output<typeof auditEntrySchema>;
