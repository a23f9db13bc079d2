import type { VerdictState } from "#domain/verdict.ts";
import { StateGlyph } from "./state-glyph.tsx";
import { stateMeanings } from "./state-words.ts";
import styles from "./ui.module.css";

/** Glyph and word; the word's meaning on hover. */
export function StateWord({ state, amended = false }: { state: VerdictState; amended?: boolean }) {
  return (
    <span className={styles.stateWord} data-state={state} title={stateMeanings[state]}>
      <StateGlyph state={state} />
      <span>{state}</span>
      {amended && <span className={styles.amended}>amended</span>}
    </span>
  );
}
