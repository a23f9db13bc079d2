import page from "#components/ui/page.module.css";
import { Skeleton } from "#components/ui/skeleton.tsx";
import styles from "./slo.module.css";

/** The report's shape while it loads. */
export function SloSkeleton() {
  return (
    <div className={page.page} role="status" aria-label="Loading the service levels">
      <Skeleton heightPx={28} width={220} />
      <Skeleton heightPx={24} width="70%" />
      <div className={styles.numbers}>
        <Skeleton heightPx={150} />
        <Skeleton heightPx={150} />
        <Skeleton heightPx={150} />
      </div>
      <Skeleton heightPx={240} />
      <Skeleton heightPx={320} />
    </div>
  );
}
