import { Skeleton } from "./skeleton.tsx";
import styles from "./ui.module.css";

const rows = Array.from({ length: 10 }, (_, index) => index);

/** The shape of a heading and a table while loading. */
export function TableSkeleton({ label }: { label: string }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={label}>
      <Skeleton heightPx={28} width={220} />
      <Skeleton heightPx={20} width="60%" />
      <div className={styles.skeletonRows}>
        {rows.map((row) => (
          <Skeleton key={row} heightPx={20} />
        ))}
      </div>
    </div>
  );
}
