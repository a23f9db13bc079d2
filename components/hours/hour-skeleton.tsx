import { Skeleton } from "@mantine/core";
import page from "#components/ui/page.module.css";

/** The hour page's shape: heading, sentence, promise, figures, datacenters. */
export function HourSkeleton() {
  return (
    <div className={page.page} role="status" aria-label="Reading the hour">
      <Skeleton height={28} width={320} />
      <Skeleton height={28} width="80%" />
      <Skeleton height={64} />
      <Skeleton height={44} width={560} maw="100%" />
      <Skeleton height={240} />
      <Skeleton height={200} />
    </div>
  );
}
