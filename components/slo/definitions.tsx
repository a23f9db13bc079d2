import styles from "./definitions.module.css";

/** What the figures mean: a printed page has no tooltips. */
export function Definitions() {
  return (
    <dl className={styles.definitions}>
      <dt>On time</dt>
      <dd>
        The share of hours that every expected datacenter had closed by the type’s deadline. An hour counts once its
        deadline is over; one that was never closed is late.
      </dd>
      <dt>Complete</dt>
      <dd>
        The share of final hours of which no more was lost or duplicated than is tolerated. Where a datacenter never
        said how much it produced, the hour is unverified: it counts neither way, and is shown.
      </dd>
      <dt>In their hour</dt>
      <dd>The share of delivered events that landed in the bucket of the hour they belong to (skew is the rest).</dd>
      <dt>Weighted by events</dt>
      <dd>The same with every hour weighing as much as it has events.</dd>
      <dt>Error budget</dt>
      <dd>
        What may go wrong in the whole period without breaking the objective: (1 − objective) × hours, or × events.
      </dd>
      <dt>Frozen, restated</dt>
      <dd>
        A month is frozen on the 3rd of the next, at 00:00 UTC, or once its last deadline is over. What changes later is
        listed with who, why, before and after; the figures shown are the restated ones.
      </dd>
      <dt>Excused</dt>
      <dd>Hours that somebody took out, with a reason. They count neither for nor against anybody.</dd>
      <dt>Held up</dt>
      <dd>
        The datacenter that closed a late hour last, or has not closed it. A deployment is named where it came there
        within the six hours before: when it was, not that it was the cause.
      </dd>
      <dt>Lead</dt>
      <dd>
        From when an incident was opened to the earliest deadline among the hours it hurt: until then nobody had a
        reason to wait.
      </dd>
    </dl>
  );
}
