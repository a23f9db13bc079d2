import { formatCount, formatShare } from "#components/ui/number-format.ts";
import type { SloMeasureJson, SloShareJson } from "#domain/api/slo.ts";
import { budgetText } from "#domain/slo.ts";
import styles from "./slo.module.css";
import { StatusMark } from "./status-mark.tsx";

interface BigNumberProps {
  title: string;
  measure: SloMeasureJson;
  /** If several tiers have objectives of their own, each is listed: there is no common one. */
  tiers: readonly TierMeasure[];
  /** "late", "not complete", "in another hour": what is wrong with the bad ones. */
  badWord: string;
  /** Its value when the month was frozen, if different. */
  asFrozen: number | null | undefined;
}

export interface TierMeasure {
  name: string;
  measure: SloMeasureJson;
}

/** One objective: what was attained against it, and what is left of the error budget. */
export function BigNumber({ title, measure, tiers, badWord, asFrozen }: BigNumberProps) {
  const { basis, objective, status } = measure;
  const main = measure[basis];
  const other = measure[basis === "hours" ? "events" : "hours"];
  return (
    <section className={styles.number} aria-label={title}>
      <h2>{title}</h2>
      <p className={styles.figure}>{main.attainment === null ? "–" : formatShare(main.attainment)}</p>
      {tiers.length > 1 ? (
        <Tiers tiers={tiers} />
      ) : (
        <p className={styles.against}>
          {objective !== null && `objective ${formatShare(objective)} `}
          <StatusMark status={status} />
        </p>
      )}
      {main.counted > 0 && main.budget && <Budget share={main} />}
      <p className={styles.detail}>
        {main.counted === 0
          ? "No hours counted yet."
          : `${formatCount(main.bad)} of ${formatCount(main.counted)} ${basis} ${badWord}.`}{" "}
        {other.attainment !== null &&
          `${basis === "hours" ? "Weighted by events" : "By hours"} ${formatShare(other.attainment)}.`}{" "}
        {measure.unverifiedHours > 0 &&
          `${formatCount(measure.unverifiedHours)} hours are unverified and not counted. `}
        {asFrozen != null && asFrozen !== main.attainment && `Restated: it was frozen at ${formatShare(asFrozen)}.`}
      </p>
    </section>
  );
}

function Tiers({ tiers }: { tiers: readonly TierMeasure[] }) {
  return (
    <ul className={styles.tiers} aria-label="Tiers">
      {tiers.map(({ name, measure }) => {
        const { attainment } = measure[measure.basis];
        return (
          <li key={name}>
            <span>{name}</span>
            <span>{attainment === null ? "–" : formatShare(attainment)}</span>
            <span className={styles.promised}>
              {measure.objective === null ? "" : `of ${formatShare(measure.objective)}`}
            </span>
            <StatusMark status={measure.status} />
          </li>
        );
      })}
    </ul>
  );
}

/** The share of the error budget spent, to scale; if overspent the bar is full and says by how much. */
function Budget({ share }: { share: SloShareJson }) {
  const { budget } = share;
  if (!budget) return null;
  const used = budget.allowed > 0 ? budget.spent / budget.allowed : budget.spent > 0 ? 1 : 0;
  const overspent = budget.spent > budget.allowed;
  return (
    <div className={styles.budget}>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.budgetTrack} width="100" height="6" />
        <rect
          className={overspent ? styles.budgetOver : styles.budgetUsed}
          width={Math.min(100, used * 100)}
          height="6"
        />
      </svg>
      <span>{budgetText(share)}</span>
    </div>
  );
}
