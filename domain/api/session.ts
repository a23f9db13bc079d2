import { z } from "zod";
import { scopes } from "../access/scope.ts";
import { personSchema } from "./people.ts";
import { instant } from "./shared.ts";

export const sessionSchema = z
  .object({
    actor: z.string().meta({ description: "The name of the person or token that signed in." }),
    expiresAt: instant.meta({ description: "Unless it is used before." }),
  })
  .meta({ id: "Session" });

/** Who the pages act for. */
export const visitorSchema = sessionSchema
  .pick({ actor: true })
  .extend({
    scopes: z.array(z.enum(scopes)).meta({ description: "What the pages may do in their name." }),
    teams: z.array(z.string()).nullable().meta({
      description:
        "Whose event types, alert rules, channels and consumers they may change; those without an owner they may always change. null: no limit.",
    }),
    person: personSchema
      .pick({ id: true, name: true, email: true, issuer: true, role: true, teams: true })
      .nullable()
      .meta({ description: "null: signed in with a token, or a visitor of an open dashboard." }),
  })
  .meta({ id: "Visitor" });

/** The person that a one-time link signs in. */
export const signInLinkHolderSchema = z.object({ name: z.string().nullable() }).meta({ id: "SignInLinkHolder" });

export const signedOutSchema = z
  .object({ url: z.string().meta({ description: "Open it to sign out at the identity provider too." }) })
  .meta({ id: "SignedOut" });

export const endedSessionsSchema = z.object({ ended: z.number().int() }).meta({ id: "EndedSessions" });
