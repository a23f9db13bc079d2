import type { SearchedPage } from "#app/named-page.ts";
import "./print.css";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { pageContext } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { readPlace, type SloPlace } from "#components/slo/slo-href.ts";
import { SloReportView } from "#components/slo/slo-report-view.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { monthName, monthOf, parseMonth } from "#domain/slo.ts";
import { Invalid, NotFound } from "#server/errors.ts";
import { readPast } from "#server/http/read-past.ts";
import { runtime } from "#server/http/runtime.ts";
import { readOpeningMonth, readReport } from "#server/slo/index.ts";

type Context = Awaited<ReturnType<typeof pageContext>>;

/** Also the browser's default name for the printed file. */
export async function generateMetadata({ searchParams }: SearchedPage): Promise<Metadata> {
  const { month } = readPlace(await searchParams);
  return { title: month && parseMonth(month) ? `Service levels, ${monthName(month)}` : "Service levels" };
}

export default async function SloPage({ searchParams }: SearchedPage) {
  const place = readPlace(await searchParams);
  const ctx = await pageContext();
  const month = place.month ? parseMonth(place.month) : null;
  // Before anything is sent: the status is the answer's.
  if (month && month > monthOf(ctx.clock.now())) notFound();
  return (
    <WholeOrSkeleton content={sloNow(ctx, place)} label="Loading the service levels" parts={[28, 56, 160, 220, 180]} />
  );
}

async function sloNow(ctx: Context, place: SloPlace) {
  try {
    const isNamed = place.month !== undefined || place.window !== undefined;
    const input = isNamed ? place : { ...place, month: await readOpeningMonth({ ctx }) };
    const deps = await runtime();
    return <SloReportView report={await readPast(deps, ctx, (past) => readReport({ ctx: past, input }))} />;
  } catch (error) {
    // An invalid URL parameter: everything else goes to the error page.
    if (!(error instanceof Invalid || error instanceof NotFound)) throw error;
    return (
      <Notice title="Invalid URL parameter">
        <p>{error.message}</p>
        <p>
          <Link href="/service-levels">Service levels of the last closed month</Link>
        </p>
      </Notice>
    );
  }
}
