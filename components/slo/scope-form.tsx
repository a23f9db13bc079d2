import { Button } from "@mantine/core";
import Link from "next/link";
import { withBase } from "#components/api/base-path.ts";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import type { SloReport } from "#domain/api/slo-report.ts";
import { monthName } from "#domain/slo.ts";
import { ShareReport } from "./share-report.tsx";
import styles from "./slo.module.css";
import { exportHref, placeOf, shiftMonth, sloHref } from "./slo-href.ts";

/** The period and scope: links for the months, a form for the rest. Not printed. */
export function ScopeForm({ report }: { report: SloReport }) {
  const { period, filter, choices } = report;
  const place = placeOf(report);
  const current = report.asOf.slice(0, 7);
  const month = period.kind === "month" ? period.name : current;
  const isCurrent = period.kind === "month" && month >= current;
  const to = (target: string) => sloHref({ ...filter, month: target });
  return (
    <div className={`${page.controls} ${styles.controls}`} data-screen-only="">
      <nav className={page.row} aria-label="Period">
        <Link href={to(shiftMonth(month, -1))} prefetch={false} rel="prev">
          ← {monthName(shiftMonth(month, -1))}
        </Link>
        {period.kind === "rolling" && (
          <Link href={to(month)} prefetch={false}>
            {monthName(month)}
          </Link>
        )}
        {!isCurrent && period.kind === "month" && (
          <Link href={to(shiftMonth(month, 1))} prefetch={false} rel="next">
            {monthName(shiftMonth(month, 1))} →
          </Link>
        )}
        {period.kind === "month" && (
          <Link href={sloHref({ ...filter, window: "28d" })} prefetch={false}>
            Last 28 days
          </Link>
        )}
      </nav>
      <form className={page.controls} action={withBase("/service-levels")} method="get">
        {place.month && <input type="hidden" name="month" value={place.month} />}
        {place.window && <input type="hidden" name="window" value={place.window} />}
        <ScopeChoice label="Tier" name="tier" value={filter.tier} options={choices.tiers} />
        <ScopeChoice label="Owner" name="owner" value={filter.owner} options={choices.owners} />
        <Button type="submit">Show</Button>
        {filter.eventType && (
          <Link href={sloHref({ ...place, eventType: undefined })} prefetch={false}>
            Only {filter.eventType}: show all types
          </Link>
        )}
      </form>
      <nav className={page.row} aria-label="Export">
        <a href={withBase(exportHref(place, "csv"))}>CSV</a>
        <a href={withBase(exportHref(place, "spreadsheet"))}>CSV for spreadsheets</a>
        <a href={withBase(exportHref(place, "json"))}>JSON</a>
        {period.kind === "month" && period.name < current && <ShareReport body={{ ...filter, month: period.name }} />}
        <span className={page.hint}>Print this page for a paper report.</span>
      </nav>
    </div>
  );
}

interface ScopeChoiceProps {
  label: string;
  name: string;
  value: string | undefined;
  options: readonly string[];
}

function ScopeChoice({ label, name, value, options }: ScopeChoiceProps) {
  return (
    <Choice
      // Its own key: another page's selection must not stay in the field.
      key={value ?? ""}
      label={label}
      name={name}
      defaultValue={value ?? ""}
      data={[{ value: "", label: "all" }, ...options]}
    />
  );
}
