import Link from "next/link";
import { Notice } from "./notice.tsx";

export function NothingAtThisAddress() {
  return (
    <Notice title="There is no such page">
      <p>
        Event types are told apart by upper and lower case, and an hour is written like <code>2026-11-22T13</code>{" "}
        (UTC). The <Link href="/event-types">catalogue</Link> lists every type, the <Link href="/">board</Link> those
        that are claimed.
      </p>
    </Notice>
  );
}
