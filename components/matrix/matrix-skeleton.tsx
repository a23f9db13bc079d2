import { Skeleton } from "@mantine/core";
import styles from "./matrix.module.css";

const rows = Array.from({ length: 18 }, (_, index) => index);

/** The matrix's shape while it is read. */
export function MatrixSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Reading the hours">
      <Skeleton height={36} />
      <Skeleton height={28} width="70%" />
      <div className={styles.skeletonRows}>
        {rows.map((row) => (
          <Skeleton key={row} height={16} radius={2} />
        ))}
      </div>
    </div>
  );
}
