import type { ReactNode } from "react";
import { AlertTabs } from "#components/alerts/alert-tabs.tsx";
import page from "#components/ui/page.module.css";

/** Keeps alerts next to the pages that decide who is notified. */
export default function AlertsLayout({ children }: { children: ReactNode }) {
  return (
    <div className={page.page}>
      <AlertTabs />
      {children}
    </div>
  );
}
