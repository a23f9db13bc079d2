"use client";

import { useEffect } from "react";

const question = "Leave without saving your changes?";

let guards = 0;

/** Asks whether to leave a page with unsaved changes: for what leads elsewhere and is no link. */
export function confirmLeave(): boolean {
  return guards === 0 || window.confirm(question);
}

/** Asks before a link, the browser’s Back or closing leaves a page with unsaved changes. */
export function useUnsavedGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    guards += 1;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const isElsewhere = ({ pathname }: { pathname: string }) => pathname !== window.location.pathname;
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (link === null || link.target === "_blank" || !isElsewhere(link) || confirmLeave()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Back and Forward to another of our pages: the router follows at once, and popstate comes too late to stop it.
    const onNavigate = (event: NavigateEvent) => {
      if (event.navigationType !== "traverse" || !event.cancelable) return;
      if (isElsewhere(new URL(event.destination.url)) && !confirmLeave()) event.preventDefault();
    };
    // Browsers without the Navigation API ask before links and before the page is closed.
    const history = "navigation" in window ? window.navigation : null;
    history?.addEventListener("navigate", onNavigate);
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      guards -= 1;
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
      history?.removeEventListener("navigate", onNavigate);
    };
  }, [isDirty]);
}
