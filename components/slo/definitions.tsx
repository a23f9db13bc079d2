import styles from "./definitions.module.css";

/** What the figures mean: a printed page has no tooltips. */
export function Definitions() {
  return (
    <dl className={styles.definitions}>
      <dt>On time</dt>
      <dd>
        The share of hours that every expected datacenter closed by the event type’s deadline. An hour counts once its
        deadline has passed. An hour that never closed is late.
      </dd>
      <dt>Complete</dt>
      <dd>
        The share of final hours with losses and duplicates within tolerance. If a datacenter’s produced count is
        unknown, the hour is unverified: it is shown and not counted.
      </dd>
      <dt>In their hour</dt>
      <dd>The share of delivered events that landed in their own hour’s partition. The rest is skew.</dd>
      <dt>Weighted by events</dt>
      <dd>The same share, with each hour weighted by its number of events.</dd>
      <dt>Error budget</dt>
      <dd>
        How much may be bad in the whole period before the objective is missed: (1 − objective) × hours or events. Each
        tier has its own objective and its own error budget; they are never combined.
      </dd>
      <dt>Met, missed</dt>
      <dd>
        An objective is missed once its error budget is spent, and met when the period is over without that. Until then
        it is in progress, or at risk if the hours so far are worse than the objective. It is unknown if hours without a
        known outcome could have spent the budget, and excused if every hour was excused.
      </dd>
      <dt>Points</dt>
      <dd>The change against the month before, in percentage points. A month without data is not compared.</dd>
      <dt>Frozen, restated</dt>
      <dd>
        A month’s figures freeze on the 3rd of the next month at 00:00 UTC, or once its last deadline has passed. Later
        changes restate them and are listed with author, reason, and figures before and after.
      </dd>
      <dt>Excused</dt>
      <dd>Hours excluded from the service levels, with a reason.</dd>
      <dt>Claimed later</dt>
      <dd>
        An event type whose hours before its claim count: what they came to was known when the objective was set for it.
      </dd>
      <dt>Held up</dt>
      <dd>
        The datacenter that closed a late hour last, or has not closed it. Deployments there within the 6 h before are
        listed as coincidence, not as the cause.
      </dd>
      <dt>Lead</dt>
      <dd>The time from an incident’s opening to the earliest deadline among its affected hours.</dd>
    </dl>
  );
}
