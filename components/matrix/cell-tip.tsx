import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { CellWords } from "./cell-words.ts";
import styles from "./matrix.module.css";
import type { Point } from "./use-pointer.ts";

const awayPx = 14;
/** The names' column on the narrowest screen. */
const namesPx = 84;

/** A tooltip beside the pointer for what is under it. Announced to screen readers elsewhere. */
export function CellTip({ words, at, width }: { words: CellWords; at: Point; width: number }) {
  const isRight = at.x > width / 2;
  const side = isRight ? { right: width - at.x + awayPx } : { left: at.x + awayPx };
  // To the left it may also cover the names.
  const room = isRight ? at.x + namesPx : width - at.x;
  return (
    <div
      className={styles.tip}
      style={{ ...side, top: at.y + awayPx, maxWidth: Math.min(320, room - awayPx) }}
      aria-hidden="true"
    >
      <strong>{words.title}</strong>
      <CellFacts words={words} />
    </div>
  );
}

/** The state's glyph and word, and further details. */
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
