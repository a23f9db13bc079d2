import { Skeleton } from "#components/ui/skeleton.tsx";
import styles from "./matrix.module.css";

const rows = Array.from({ length: 18 }, (_, index) => index);

/** The matrix's shape while it loads. */
export function MatrixSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the hours">
      <div className={styles.skeletonRows}>
        {rows.map((row) => (
          <Skeleton key={row} heightPx={16} />
        ))}
      </div>
    </div>
  );
}
