import type { ReactNode } from "react";
import { failureOf } from "#components/api/queries.ts";
import { AsOf } from "./as-of.tsx";
import page from "./page.module.css";

type Refreshed = Parameters<typeof failureOf>[0] & { dataUpdatedAt: number };

interface PageHeadingProps {
  /** What the page shows: its age beside the title. */
  query: Refreshed;
  /** Another part of it, whose failure is shown too. */
  beside?: Refreshed;
  /** Its title. */
  children: ReactNode;
}

/** A page's title, with how old its data is and whether it could not be refreshed. */
export function PageHeading({ query, beside, children }: PageHeadingProps) {
  const failure = failureOf(query) ?? (beside === undefined ? null : failureOf(beside));
  return (
    <div className={page.heading}>
      <h1>{children}</h1>
      <AsOf updatedAtMs={query.dataUpdatedAt} failure={failure} />
    </div>
  );
}
