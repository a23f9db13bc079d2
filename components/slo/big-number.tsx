import { formatCount, formatCountOf, formatShare } from "#components/ui/number-format.ts";
import type { SloItemJson, SloMeasureJson, SloPartJson, SloShareJson } from "#domain/api/slo.ts";
import { budgetText, formatPoints, type Measure } from "#domain/slo.ts";
import styles from "./slo.module.css";
import { StatusMark } from "./status-mark.tsx";

interface BigNumberProps {
  title: string;
  measure: Measure;
  total: SloItemJson;
  tiers: readonly SloItemJson[];
  /** "late", "not complete", "in another hour": what is wrong with the bad ones. */
  badWord: string;
}

/** One measure: what each objective was, what was attained against it, and what is left of its error budget. */
export function BigNumber({ title, measure, total, tiers, badWord }: BigNumberProps) {
  const { basis, unverifiedHours, parts, ...whole } = total[measure];
  const main = whole[basis];
  const other = whole[basis === "hours" ? "events" : "hours"];
  const asFrozen = total.asFrozen?.[measure];
  const [first, ...rest] = partsOf(total[measure], measure, tiers);
  return (
    <section className={styles.number} aria-label={title}>
      <h2>{title}</h2>
      {first && <Held part={first} isFirst />}
      {rest.map((part) => (
        <Held key={`${part.tier} ${part.objective}`} part={part} />
      ))}
      <p className={styles.detail}>
        {parts.length > 0 && "All types: "}
        {main.counted === 0
          ? `${total[measure].status === "excused" ? "all hours excused" : "no hours counted"}.`
          : `${formatCount(main.bad)} of ${formatCount(main.counted)} ${basis} ${badWord}.`}{" "}
        {other.attainment !== null &&
          `${basis === "hours" ? "Weighted by events" : "By hours"} ${formatShare(other.attainment)}.`}{" "}
        {unverifiedHours > 0 &&
          `${formatCountOf(unverifiedHours, "hour")} ${unverifiedHours === 1 ? "is" : "are"} unverified and not counted. `}
        {asFrozen != null &&
          asFrozen !== main.attainment &&
          `Restated from ${formatShare(asFrozen)}${main.attainment === null ? "" : ` to ${formatShare(main.attainment)}`} since it was frozen.`}
      </p>
    </section>
  );
}

type Part = Omit<SloPartJson, "counted" | "bad"> & { change: number | null };

/** The objectives that apply: each tier's, the highest first; where there is one, the whole. */
function partsOf(whole: SloMeasureJson, measure: Measure, tiers: readonly SloItemJson[]): Part[] {
  if (whole.parts.length === 0) {
    const { attainment, budget } = whole[whole.basis];
    return [{ tier: "", attainment, budget, ...whole }];
  }
  const changes = new Map(
    tiers.map((tier) => [tier.name, tier[measure].parts.length > 0 ? null : tier[measure].change]),
  );
  return whole.parts.map((part) => ({ ...part, change: changes.get(part.tier) ?? null }));
}

function Held({ part, isFirst = false }: { part: Part; isFirst?: boolean }) {
  const { tier, attainment, objective, status, budget, change } = part;
  return (
    <div className={styles.held}>
      <p className={isFirst ? styles.figure : styles.lesser}>
        {attainment === null ? "–" : formatShare(attainment)}
        {tier !== "" && <span className={styles.whose}> {tier} tier</span>}
      </p>
      <p className={styles.against}>
        {objective !== null && <span>objective {formatShare(objective)}</span>} <StatusMark status={status} />{" "}
        {change !== null && <span className={styles.change}>{formatPoints(change)}</span>}
      </p>
      {budget && attainment !== null && <Budget budget={budget} />}
    </div>
  );
}

/** The share of the error budget spent, to scale; if overspent the bar is full and says by how much. */
function Budget({ budget }: { budget: NonNullable<SloShareJson["budget"]> }) {
  const used = budget.allowed > 0 ? budget.spent / budget.allowed : budget.spent > 0 ? 1 : 0;
  return (
    <div className={styles.budget}>
      <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.budgetTrack} width="100" height="6" />
        <rect
          className={used > 1 + 1e-9 ? styles.budgetOver : styles.budgetUsed}
          width={Math.min(100, used * 100)}
          height="6"
        />
      </svg>
      <span>{budgetText({ budget })}</span>
    </div>
  );
}
