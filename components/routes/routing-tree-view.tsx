import { objectOf, objectsOf } from "#components/forms/spec-path.ts";
import { notifiedBy, termOf, termsOf, textsOf } from "./route-words.ts";
import styles from "./routes.module.css";

type Written = Readonly<Record<string, unknown>>;

/** The tree as nested lists: a branch's matchers, its receiver, and the timing it changes. */
export function RoutingTreeView({ spec }: { spec: Written }) {
  const receivers = new Map(objectsOf(spec.receivers).map((receiver) => [String(receiver.name), receiver]));
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
  const below = objectsOf(route.routes);
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

function Channels({ receiver }: { receiver: Written }) {
  const names = notifiedBy(receiver);
  const steps = objectsOf(receiver.escalation).map(
    (step) => `${notifiedBy(step).join(", ")} after ${termOf(step.after)}`,
  );
  return (
    <>
      : {names.length === 0 ? <em>no channel, notifications are dropped</em> : names.join(", ")}
      {steps.length > 0 && `; if not acknowledged, ${steps.join(", then ")}`}
    </>
  );
}
