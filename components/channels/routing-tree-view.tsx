import { formatTerm } from "#components/ui/duration.ts";
import { parseDuration } from "#domain/duration.ts";
import styles from "./channels.module.css";

type Written = Readonly<Record<string, unknown>>;

/** The tree as nested lists: a branch's matchers, its receiver, and the timing it changes. */
export function RoutingTreeView({ spec }: { spec: Written }) {
  const receivers = new Map(listOf(spec.receivers).map((receiver) => [String(receiver.name), receiver]));
  return (
    <ul className={styles.tree} aria-label="Routing tree">
      <Branch route={objectOf(spec.route)} receivers={receivers} inherited="" />
    </ul>
  );
}

interface BranchProps {
  route: Written;
  receivers: ReadonlyMap<string, Written>;
  inherited: string;
}

function Branch({ route, receivers, inherited }: BranchProps) {
  const name = typeof route.receiver === "string" ? route.receiver : inherited;
  const matchers = textsOf(route.matchers);
  const below = listOf(route.routes);
  return (
    <li>
      <div>
        {matchers.length === 0 ? "All alerts" : matchers.map((matcher) => <code key={matcher}>{matcher}</code>)} →{" "}
        <strong>{name}</strong>
        <Channels receiver={receivers.get(name) ?? {}} />
      </div>
      <p className={styles.terms}>{termsOf(route)}</p>
      {below.length > 0 && (
        <ul>
          {below.map((child, at) => (
            // Branches have no names, and their order is significant.
            // biome-ignore lint/suspicious/noArrayIndexKey: only the index is unique.
            <Branch key={at} route={child} receivers={receivers} inherited={name} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Channels({ receiver: { channels, escalation } }: { receiver: Written }) {
  const names = textsOf(channels);
  const steps = listOf(escalation).map((step) => `${textsOf(step.channels).join(", ")} after ${termOf(step.after)}`);
  return (
    <>
      : {names.length === 0 ? <em>no channel, notifications are dropped</em> : names.join(", ")}
      {steps.length > 0 && `; if not acknowledged, ${steps.join(", then ")}`}
    </>
  );
}

function termsOf(route: Written): string {
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

function termOf(written: unknown): string {
  const seconds = typeof written === "string" ? parseDuration(written) : null;
  return seconds === null ? String(written) : formatTerm(seconds);
}

/** Matchers may also be objects: those are shown as in the file. */
function textsOf(found: unknown): string[] {
  return Array.isArray(found) ? found.map((each) => (typeof each === "string" ? each : JSON.stringify(each))) : [];
}

function listOf(found: unknown): Written[] {
  return Array.isArray(found) ? found.map(objectOf) : [];
}

function objectOf(found: unknown): Written {
  return typeof found === "object" && found !== null ? (found as Written) : {};
}
