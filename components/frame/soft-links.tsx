"use client";

import { useWindowEvent } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { withoutBase } from "#components/api/base-path.ts";

/** Makes plain links marked `data-soft` navigate without a page load: a board has thousands of them. */
export function SoftLinks() {
  const router = useRouter();
  useWindowEvent("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[data-soft]") : null;
    const href = link?.getAttribute("href");
    if (!href) return;
    event.preventDefault();
    router.push(withoutBase(href));
  });
  return null;
}
