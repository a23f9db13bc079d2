import { Skeleton } from "@mantine/core";
import styles from "./board.module.css";

const rows = Array.from({ length: 12 }, (_, index) => index);

/** The board's shape while it is read. */
export function BoardSkeleton() {
  return (
    <div className={styles.board} role="status" aria-label="Reading the board">
      <div className={styles.toolbar}>
        <Skeleton height={32} className={styles.filter ?? ""} />
      </div>
      <div className={styles.skeletonRows}>
        {rows.map((row) => (
          <Skeleton key={row} height={26} />
        ))}
      </div>
    </div>
  );
}
