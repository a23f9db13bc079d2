import { destinationOf } from "#domain/channel.ts";
import type { CheckDestination } from "#domain/egress.ts";
import type { Fault } from "#server/errors.ts";
import { locate, refused, type Sourced } from "./compare-catalogue.ts";

/** Throws Invalid for channels that send where Tidemark may not. One receiver at a time: names may have to be looked up. */
export async function requireDestinations(sourced: readonly Sourced[], check: CheckDestination): Promise<void> {
  const faults: Fault[] = [];
  for (const { document, source } of sourced) {
    const destination = document.kind === "Channel" ? destinationOf(document.spec) : null;
    if (destination === null) continue;
    const detail = await check(destination);
    if (detail !== null) faults.push(...locate([{ pointer: `/spec${destination.pointer}`, detail }], source));
  }
  if (faults.length > 0) throw refused(faults);
}
