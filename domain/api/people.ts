import { z } from "zod";
import { roles } from "#domain/access/role.ts";
import { instant } from "./shared.ts";

export const personSchema = z
  .object({
    id: z.string(),
    name: z
      .string()
      .meta({ description: "Recorded with everything that they do. No two people and tokens look alike." }),
    email: z.string().nullable(),
    issuer: z.string().nullable().meta({ description: "Where they sign in; null: here, by one-time links." }),
    role: z.enum(roles),
    teams: z.array(z.string()),
    createdAt: instant,
    createdBy: z.string(),
    firstSeenAt: instant.nullable(),
    lastSeenAt: instant.nullable().meta({ description: "To the minute; null: never signed in." }),
    disabledAt: instant.nullable(),
    disabledBy: z.string().nullable(),
    sessions: z.number().int().meta({ description: "How many of their browsers are signed in." }),
  })
  .meta({ id: "Person" });
export type PersonJson = z.infer<typeof personSchema>;

export const invitedSchema = personSchema
  .extend({
    link: z.object({
      url: z.string().meta({ description: "Signs in once, whoever opens it. Never shown again." }),
      expiresAt: instant,
    }),
  })
  .meta({ id: "InvitedPerson" });
export type InvitedJson = z.infer<typeof invitedSchema>;

export const sessionItemSchema = z
  .object({
    id: z.string(),
    actor: z.string().meta({ description: "Who signed in: a person's or a token's name." }),
    personId: z.string().nullable(),
    createdAt: instant,
    lastSeenAt: instant.meta({ description: "To the minute." }),
    expiresAt: instant.meta({ description: "Unless it is used before." }),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    current: z.boolean().meta({ description: "The one that asks." }),
  })
  .meta({ id: "SignedInBrowser" });
export type SessionItemJson = z.infer<typeof sessionItemSchema>;
