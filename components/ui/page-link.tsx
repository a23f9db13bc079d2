import Link from "next/link";
import type { ComponentProps } from "react";

/** A link to a page of ours. They are rendered on request: prefetched, they would be stale when shown. */
export function PageLink(props: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...props} />;
}
