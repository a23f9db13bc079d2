import Link from "next/link";
import { Notice } from "./notice.tsx";

export function NothingAtThisAddress() {
  return (
    <Notice title="Page not found">
      <p>
        Event type names are case-sensitive. Hours have the form <code>2026-11-22T13</code> (UTC). The{" "}
        <Link href="/event-types">catalogue</Link> lists every event type, the <Link href="/">board</Link> the claimed
        ones.
      </p>
    </Notice>
  );
}

interface NothingOfThisNameProps {
  what: string;
  /** The page that lists what exists, and its name. */
  href: string;
  list: string;
}

export function NothingOfThisName({ what, href, list }: NothingOfThisNameProps) {
  return (
    <Notice title={`${what} not found`}>
      <p>
        It may have been deleted. <Link href={href}>{list}</Link> lists all that exist.
      </p>
    </Notice>
  );
}
