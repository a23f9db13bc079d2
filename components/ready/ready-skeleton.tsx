import page from "#components/ui/page.module.css";
import { Skeleton } from "#components/ui/skeleton.tsx";

export function ReadySkeleton() {
  return (
    <div className={page.page} role="status" aria-label="Loading the hours of the day">
      <Skeleton heightPx={32} width="40%" />
      <Skeleton heightPx={20} width="70%" />
      <Skeleton heightPx={120} />
    </div>
  );
}
