import { Skeleton } from "@mantine/core";
import page from "./page.module.css";

interface PageSkeletonProps {
  /** What is being read, for screen readers. */
  label: string;
  /** The heights of a page's parts in pixels, a list of them for rows on a surface; default: a heading and a table. */
  parts?: readonly (number | readonly number[])[];
}

const table = [28, 20, Array<number>(10).fill(20)] as const;

/** The shape of a page while it loads. */
export function PageSkeleton({ label, parts = table }: PageSkeletonProps) {
  return (
    <div className={page.page} role="status" aria-label={label}>
      {parts.map((part, at) =>
        typeof part === "number" ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a shape never change places
          <Skeleton key={at} height={part} maw={part <= 28 ? 420 : undefined} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <div key={at} className={`${page.card} ${page.list}`}>
            {part.map((height, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <Skeleton key={row} height={height} />
            ))}
          </div>
        ),
      )}
    </div>
  );
}
