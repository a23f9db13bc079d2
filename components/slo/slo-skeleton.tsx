import { Skeleton } from "@mantine/core";
import page from "#components/ui/page.module.css";
import styles from "./slo.module.css";

/** The report's shape while it is read. */
export function SloSkeleton() {
  return (
    <div className={page.page} role="status" aria-label="Reading the service levels">
      <Skeleton height={28} width={220} />
      <Skeleton height={24} width="70%" />
      <div className={styles.numbers}>
        <Skeleton height={150} />
        <Skeleton height={150} />
        <Skeleton height={150} />
      </div>
      <Skeleton height={240} />
      <Skeleton height={320} />
    </div>
  );
}
