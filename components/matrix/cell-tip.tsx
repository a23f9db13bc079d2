import { StateGlyph } from "#components/ui/state-glyph.tsx";
import type { CellWords } from "./cell-words.ts";
import styles from "./matrix.module.css";
import type { Point } from "./use-pointer.ts";

const awayPx = 14;
/** The column of names on the narrowest screen. */
const namesPx = 84;

/** What is under the pointer, beside it. It is announced elsewhere. */
export function CellTip({ words, at, width }: { words: CellWords; at: Point; width: number }) {
  const isRight = at.x > width / 2;
  const side = isRight ? { right: width - at.x + awayPx } : { left: at.x + awayPx };
  // To the left it may cover the names as well.
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
