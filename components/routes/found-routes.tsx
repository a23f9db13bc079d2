import Link from "next/link";
import { formatTerm } from "#components/ui/duration.ts";
import page from "#components/ui/page.module.css";
import type { RoutesTestJson } from "#domain/api/routing.ts";
import { notifiedBy } from "./route-words.ts";

interface FoundRoutesProps {
  found: RoutesTestJson;
  /** Which routes they are, from the root down. */
  withPath?: boolean;
}

/** The routes that an alert takes, and who they notify when. */
export function FoundRoutes({ found: { routes }, withPath = false }: FoundRoutesProps) {
  const reached = routes.flatMap((route) => notifiedBy(route));
  return (
    <ul className={page.list}>
      {routes.map((route) => {
        const { path, receiver, groupWaitSeconds, repeatIntervalSeconds, muted } = route;
        const names = notifiedBy(route);
        return (
          <li key={path}>
            {withPath && (
              <>
                <code>{path}</code>:{" "}
              </>
            )}
            To {receiver}
            {names.length > 0 && `: ${names.join(", ")}`},{" "}
            {groupWaitSeconds === 0 ? "at once" : `after ${formatTerm(groupWaitSeconds)}`}, repeated every{" "}
            {formatTerm(repeatIntervalSeconds)}
            {muted !== null && ` (muted now: ${muted})`}.
          </li>
        );
      })}
      {reached.length === 0 && (
        <li>
          None of these receivers has a channel or an on-call schedule.{" "}
          <Link href="/alerts/new-channel">Set up a channel</Link>.
        </li>
      )}
    </ul>
  );
}
