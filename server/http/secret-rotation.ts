import { z } from "@hono/zod-openapi";
import { parseDuration } from "#domain/duration.ts";
import { Invalid } from "#server/errors.ts";

const longestOverlapSeconds = 30 * 86_400;

/** The body of a call that gives something a new secret. */
export const rotationSchema = z
  .strictObject({
    overlap: z.string().optional().meta({
      description: "How long the present secret keeps working, at most 30d. Default: 24h; `0s`: it stops at once.",
    }),
  })
  .meta({ id: "SecretRotation", example: { overlap: "24h" } });

/** In seconds. `refused`: what was not done if it is none. */
export function readOverlap({ overlap = "24h" }: z.output<typeof rotationSchema>, refused: string): number {
  const seconds = parseDuration(overlap);
  if (seconds !== null && seconds <= longestOverlapSeconds) return seconds;
  const detail = 'must be a duration of at most 30d, like "24h", or "0s"';
  throw new Invalid(refused, [{ pointer: "/overlap", detail }]);
}
