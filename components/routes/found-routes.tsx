import Link from "next/link";
import { formatTerm } from "#components/ui/duration.ts";
import page from "#components/ui/page.module.css";
import type { RoutesTestJson } from "#domain/api/routing.ts";

interface FoundRoutesProps {
  found: RoutesTestJson;
  /** Which routes they are, from the root down. */
  withPath?: boolean;
}

/** The routes that an alert takes, and whom they notify when. */
export function FoundRoutes({ found: { routes }, withPath = false }: FoundRoutesProps) {
  const reached = routes.flatMap(({ channels }) => channels);
  return (
    <ul className={page.list}>
      {routes.map(({ path, receiver, channels, groupWaitSeconds, repeatIntervalSeconds, muted }) => (
        <li key={path}>
          {withPath && (
            <>
              <code>{path}</code>:{" "}
            </>
          )}
          To {receiver}
          {channels.length > 0 && `: ${channels.join(", ")}`},{" "}
          {groupWaitSeconds === 0 ? "at once" : `after ${formatTerm(groupWaitSeconds)}`}, repeated every{" "}
          {formatTerm(repeatIntervalSeconds)}
          {muted !== null && ` (muted now: ${muted})`}.
        </li>
      ))}
      {reached.length === 0 && (
        <li>
          None of these receivers has a channel. <Link href="/alerts/new-channel">Set up a channel</Link>.
        </li>
      )}
    </ul>
  );
}
