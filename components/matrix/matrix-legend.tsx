import legend from "#components/ui/legend.module.css";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { stateMeanings } from "#components/ui/state-words.ts";
import { type Colouring, inks, stateInk } from "#domain/matrix.ts";
import type { VerdictState } from "#domain/verdict.ts";
import styles from "./matrix.module.css";

export const colouringNames: Record<Colouring, string> = {
  state: "state",
  delay: "closing delay",
  lost: "lost",
  duplicated: "duplicated",
  skewed: "skew",
};

const states: readonly VerdictState[] = [
  "late",
  "incomplete",
  "overcounted",
  "unverified",
  "closing",
  "verifying",
  "complete",
  "open",
];

const ratioSteps = ["none", "to 0.001 %", "to 0.01 %", "to 0.1 %", "to 1 %", "more"];
const stepNames: Record<Exclude<Colouring, "state">, readonly string[]> = {
  delay: ["below a minute", "to ¼ of the deadline", "to ½", "to ¾", "to the deadline", "past the deadline"],
  lost: ratioSteps,
  duplicated: ratioSteps,
  skewed: ratioSteps,
};

/** The meaning of the inks: each with a glyph or word, because colour alone is not enough. */
export function MatrixLegend({ by }: { by: Colouring }) {
  return (
    <ul className={`${legend.legend} ${styles.inks}`} data-by={by} aria-label={`Legend: ${colouringNames[by]}`}>
      {by === "state" ? (
        <>
          {states.map((state) => (
            <li key={state} title={stateMeanings[state]}>
              <Swatch ink={stateInk(state)} />
              <StateGlyph state={state} />
              {state}
            </li>
          ))}
          <li title="complete, but closed after its deadline: a bar at the cell’s top edge, in any state">
            <Swatch ink={inks.missed} isMissed />
            deadline missed
          </li>
          <li title="late for more than a day after the hour's end">
            <Swatch ink={inks.deepLate} />
            late for more than a day
          </li>
        </>
      ) : (
        <>
          {stepNames[by].map((name, step) => (
            <li key={name}>
              <Swatch ink={inks.step + step} />
              {name}
            </li>
          ))}
          {by !== "delay" && (
            <li>
              <Swatch ink={inks.unknown} />
              not known
            </li>
          )}
          <li>
            <Swatch ink={stateInk("open")} />
            open
          </li>
        </>
      )}
      <li>
        <span className={styles.notch} aria-hidden="true" />
        amended
      </li>
    </ul>
  );
}

function Swatch({ ink, isMissed }: { ink: number; isMissed?: boolean }) {
  const isOpen = ink === stateInk("open");
  const isHatched = ink === inks.unknown || ink === stateInk("unverified");
  return (
    <span
      className={styles.swatch}
      data-missed={isMissed || undefined}
      data-open={isOpen || undefined}
      data-hatched={isHatched || undefined}
      style={isOpen || isHatched ? undefined : { background: `var(--ink-${ink})` }}
      aria-hidden="true"
    />
  );
}
