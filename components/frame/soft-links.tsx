"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { withoutBase } from "#components/api/base-path.ts";

/** Makes plain links marked `data-soft` navigate without a page load: a board has thousands of them. */
export function SoftLinks() {
  const router = useRouter();
  useEffect(() => {
    function onClick(event: MouseEvent) {
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest("a[data-soft]") : null;
      const href = link?.getAttribute("href");
      if (!href) return;
      event.preventDefault();
      router.push(withoutBase(href));
    }
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [router]);
  return null;
}
