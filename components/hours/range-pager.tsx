import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import ui from "#components/ui/ui.module.css";
import { type HourRange, shiftHourRange } from "./hour-range.ts";

/** The range of hours shown, with links to the ones before and after. */
export function RangePager({ eventType, range }: { eventType: string; range: HourRange }) {
  const path = `/event-types/${encodeURIComponent(eventType)}`;
  const link = (to: { from: string; to: string }) => `${path}?from=${to.from}&to=${to.to}`;
  return (
    <nav className={page.row} aria-label="Range of hours">
      <PageLink href={link(shiftHourRange(range, -1))} rel="prev">
        ← {range.hours} hours before
      </PageLink>
      <span className={page.quiet}>
        <span className={ui.mono}>{range.from}</span> to <span className={ui.mono}>{range.to}</span>
      </span>
      {range.current ? (
        <span className={page.quiet}>up to now</span>
      ) : (
        <>
          <PageLink href={link(shiftHourRange(range, 1))} rel="next">
            {range.hours} hours after →
          </PageLink>
          <PageLink href={path}>Latest</PageLink>
        </>
      )}
    </nav>
  );
}
