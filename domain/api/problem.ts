import { z } from "zod";
import { ownedKinds } from "../access/may-change.ts";

/** RFC 9457. `errors` lists each fault of a 400. */
export const problemSchema = z
  .object({
    type: z.string().meta({ description: "A reference to what this kind of problem is." }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().meta({ description: "What happened and what to do next." }),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().meta({ description: "JSON pointer (RFC 6901) into the body." }),
          parameter: z.string().optional().meta({ description: "A path, query or header parameter's name." }),
          line: z.number().int().optional().meta({ description: "The line of a YAML body, counted from 1." }),
          detail: z.string(),
        }),
      )
      .optional(),
    objects: z
      .array(z.object({ kind: z.enum(ownedKinds), name: z.string(), team: z.string() }))
      .optional()
      .meta({ description: "Of a 403: what belongs to other teams, whose members or administrators can change it." }),
    requestId: z.string(),
  })
  .meta({ id: "Problem" });
export type ProblemJson = z.infer<typeof problemSchema>;
