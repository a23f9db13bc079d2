import { answerHealth } from "#server/http/probes.ts";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return answerHealth();
}
