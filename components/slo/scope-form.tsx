import { Button } from "@mantine/core";
import { withBase } from "#components/api/base-path.ts";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
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
        <PageLink href={to(shiftMonth(month, -1))} rel="prev">
          ← {monthName(shiftMonth(month, -1))}
        </PageLink>
        {period.kind === "rolling" && <PageLink href={to(month)}>{monthName(month)}</PageLink>}
        {!isCurrent && period.kind === "month" && (
          <PageLink href={to(shiftMonth(month, 1))} rel="next">
            {monthName(shiftMonth(month, 1))} →
          </PageLink>
        )}
        {period.kind === "month" && <PageLink href={sloHref({ ...filter, window: "28d" })}>Last 28 days</PageLink>}
      </nav>
      <form className={page.controls} action={withBase("/service-levels")} method="get">
        {place.month && <input type="hidden" name="month" value={place.month} />}
        {place.window && <input type="hidden" name="window" value={place.window} />}
        <ScopeChoice label="Tier" name="tier" value={filter.tier} options={choices.tiers} />
        <ScopeChoice label="Owner" name="owner" value={filter.owner} options={choices.owners} />
        <Button type="submit">Show</Button>
        {filter.eventType && (
          <PageLink href={sloHref({ ...place, eventType: undefined })}>
            Only {filter.eventType}: show all types
          </PageLink>
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
