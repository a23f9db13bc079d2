import type { CauseJson } from "#domain/api/explanation.ts";
import type { VerdictJson } from "#domain/api/verdict.ts";

/** An hour's likely causes: what it still waits for before what has been overcome, each likeliest first. */
export function waitingFirst(
  causes: readonly CauseJson[],
  { closedAt, datacenters }: Pick<VerdictJson, "closedAt" | "datacenters">,
): CauseJson[] {
  const closed = new Set(datacenters.filter((each) => each.closed).map(({ name }) => name));
  const isOvercome = ({ datacenter }: CauseJson) => closedAt === null && datacenter !== null && closed.has(datacenter);
  return causes.toSorted((one, other) => Number(isOvercome(one)) - Number(isOvercome(other)));
}
