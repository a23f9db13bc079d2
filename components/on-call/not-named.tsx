import Link from "next/link";

/** Of a schedule without a receiver. */
export function NotNamed() {
  return (
    <>
      No receiver of the <Link href="/alerts/channels#routing-tree">routing tree</Link> names it: it is never notified.
    </>
  );
}
