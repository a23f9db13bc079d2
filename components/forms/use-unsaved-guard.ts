"use client";

import { useEffect } from "react";

const question = "Leave without saving your changes?";

let guards = 0;

/** Asks whether to leave a page with unsaved changes: for what leads elsewhere and is no link. */
export function confirmLeave(): boolean {
  return guards === 0 || window.confirm(question);
}

/** Asks before a link or the browser leaves a page with unsaved changes. */
export function useUnsavedGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    guards += 1;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      const isElsewhere = link !== null && link.target !== "_blank" && link.pathname !== window.location.pathname;
      if (!isElsewhere || confirmLeave()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      guards -= 1;
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [isDirty]);
}
