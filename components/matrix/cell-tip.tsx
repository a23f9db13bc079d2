import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { CellWords } from "./cell-words.ts";
import styles from "./matrix.module.css";
import type { Point } from "./use-pointer.ts";

/** What is under the pointer, beside it. It is announced elsewhere. */
export function CellTip({ words, at, width }: { words: CellWords; at: Point; width: number }) {
  const side = at.x > width / 2 ? { right: width - at.x + 14 } : { left: at.x + 14 };
  return (
    <div className={styles.tip} style={{ ...side, top: at.y + 14 }} aria-hidden="true">
      <strong>{words.title}</strong>
      <CellFacts words={words} />
    </div>
  );
}

/** Glyph and word of the state, and what else there is to say. */
export function CellFacts({ words }: { words: CellWords }) {
  return (
    <>
      {words.state && (
        <span className={styles.tipState}>
          <StateGlyph state={words.state} />
          {words.state}
          {words.amended && ", amended"}
        </span>
      )}
      {words.facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </>
  );
}
