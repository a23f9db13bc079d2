import { PageSkeleton } from "#components/ui/page-skeleton.tsx";

const rows = Array<number>(18).fill(16);

/** The matrix's shape while it loads. */
export function MatrixSkeleton() {
  return <PageSkeleton label="Loading the hours" parts={[rows]} />;
}
