import { Skeleton } from "#components/ui/skeleton.tsx";
import styles from "./board.module.css";

const rows = Array.from({ length: 12 }, (_, index) => index);

/** The board's shape while it loads. */
export function BoardSkeleton() {
  return (
    <div className={styles.board} role="status" aria-label="Loading the board">
      <div className={styles.toolbar}>
        <div className={styles.filter}>
          <Skeleton heightPx={36} />
        </div>
      </div>
      <div className={styles.skeletonRows}>
        {rows.map((row) => (
          <Skeleton key={row} heightPx={26} />
        ))}
      </div>
    </div>
  );
}
