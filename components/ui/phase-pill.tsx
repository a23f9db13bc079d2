import type { SituationJson } from "#domain/api/situation.ts";
import styles from "./phase-pill.module.css";
import { Time } from "./time.tsx";

/** Each phase has its own shape, so that colour is never the only sign. */
const shapes: Record<SituationJson["phase"], React.ReactNode> = {
  starting: (
    <path d="M6 1.6 10.8 10.4H1.2Z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
  ),
  ongoing: <path d="M6 .8 11.6 11H.4Z" />,
  recovering: (
    <path
      d="M1.5 2.5 9.5 9.5M9.8 4.5V9.8H4.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  ),
  over: <circle cx="6" cy="6" r="5" />,
};

interface PhasePillProps {
  phase: SituationJson["phase"];
  /** When all is expected to be closed, of the situation's recovery; null: unknown, or not recovering. */
  recoversAt: string | null;
  asOf: string;
}

/** An incident's phase: "ongoing", "recovering ~15:20". */
export function PhasePill({ phase, recoversAt, asOf }: PhasePillProps) {
  const isAhead = recoversAt !== null && Date.parse(recoversAt) > Date.parse(asOf);
  return (
    <span className={styles.pill} data-phase={phase}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        {shapes[phase]}
      </svg>
      {phase}
      {phase === "recovering" && isAhead && (
        <span>
          ~<Time at={recoversAt} relativeTo={asOf} />
        </span>
      )}
    </span>
  );
}
