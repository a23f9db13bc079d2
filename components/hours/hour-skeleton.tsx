import page from "#components/ui/page.module.css";
import { Skeleton } from "#components/ui/skeleton.tsx";

/** The hour page's shape: heading, sentence, promise, figures, datacenters. */
export function HourSkeleton() {
  return (
    <div className={page.page} role="status" aria-label="Loading the hour">
      <Skeleton heightPx={28} width={320} />
      <Skeleton heightPx={28} width="80%" />
      <Skeleton heightPx={64} />
      <Skeleton heightPx={44} width={560} />
      <Skeleton heightPx={240} />
      <Skeleton heightPx={200} />
    </div>
  );
}
