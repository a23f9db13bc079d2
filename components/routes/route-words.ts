import { objectsOf } from "#components/forms/spec-path.ts";
import { formatTerm } from "#components/ui/duration.ts";
import { parseDuration } from "#domain/duration.ts";

type Written = Readonly<Record<string, unknown>>;

/** What a route changes in how its alerts are notified, in a line. */
export function termsOf(route: Written): string {
  const said = [
    route.groupBy !== undefined && `grouped by ${textsOf(route.groupBy).join(", ")}`,
    route.groupWait !== undefined &&
      (route.groupWait === "0s" ? "notified at once" : `first after ${termOf(route.groupWait)}`),
    route.groupInterval !== undefined && `changes after ${termOf(route.groupInterval)}`,
    route.repeatInterval !== undefined && `again every ${termOf(route.repeatInterval)}`,
    route.muteTimeIntervals !== undefined && `muted in ${textsOf(route.muteTimeIntervals).join(", ")}`,
    route.activeTimeIntervals !== undefined && `only in ${textsOf(route.activeTimeIntervals).join(", ")}`,
    route.continue === true && "continues to the next branch",
  ];
  return said.filter((part) => part !== false).join(", ");
}

export function termOf(written: unknown): string {
  const seconds = typeof written === "string" ? parseDuration(written) : null;
  return seconds === null ? String(written) : formatTerm(seconds);
}

/** Matchers may also be objects: those are shown as in the file. */
export function textsOf(found: unknown): string[] {
  return Array.isArray(found) ? found.map((each) => (typeof each === "string" ? each : JSON.stringify(each))) : [];
}

/** Who a receiver or an escalation step notifies: its channels, and whoever is on call. */
export function notifiedBy({ channels, onCall }: Written): string[] {
  return [...textsOf(channels), ...textsOf(onCall).map((schedule) => `whoever is on call in ${schedule}`)];
}

export function receiversOf(spec: Written): string[] {
  return objectsOf(spec.receivers).map(({ name }) => String(name));
}
