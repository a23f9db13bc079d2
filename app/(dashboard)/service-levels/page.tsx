import "./print.css";
import type { Metadata } from "next";
import Link from "next/link";
import { pageContext } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { SloReportView } from "#components/slo/slo-report-view.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PageSkeleton } from "#components/ui/page-skeleton.tsx";
import { monthName, parseMonth } from "#domain/slo.ts";
import { Invalid, NotFound } from "#server/errors.ts";
import { readReport } from "#server/slo/index.ts";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Also the browser's default name for the printed file. */
export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { month } = await readPlace(searchParams);
  return { title: month && parseMonth(month) ? `Service levels, ${monthName(month)}` : "Service levels" };
}

export default function SloPage(props: Props) {
  return (
    <WholeOrSkeleton
      content={sloNow(props)}
      skeleton={<PageSkeleton label="Loading the service levels" parts={[28, 56, 160, 220, 180]} />}
    />
  );
}

async function sloNow({ searchParams }: Props) {
  const input = await readPlace(searchParams);
  try {
    return <SloReportView report={await readReport({ ctx: await pageContext(), input })} />;
  } catch (error) {
    // An invalid URL parameter: everything else goes to the error page.
    if (!(error instanceof Invalid || error instanceof NotFound)) throw error;
    return (
      <Notice title="Invalid URL parameter">
        <p>{error.message}</p>
        <p>
          <Link href="/service-levels">Service levels of the current month</Link>
        </p>
      </Notice>
    );
  }
}

/** An empty form field counts as absent. */
async function readPlace(searchParams: Props["searchParams"]) {
  const said = await searchParams;
  const place: { month?: string; window?: string; tier?: string; owner?: string; eventType?: string } = {};
  for (const key of ["month", "window", "tier", "owner", "eventType"] as const) {
    const value = said[key];
    if (typeof value === "string" && value !== "") place[key] = value;
  }
  return place;
}
