import type { ReactNode } from "react";
import { AlertTabs } from "#components/alerts/alert-tabs.tsx";
import page from "#components/ui/page.module.css";

/** What is wrong, and what decides who hears of it, are neighbours. */
export default function AlertsLayout({ children }: { children: ReactNode }) {
  return (
    <div className={page.page}>
      <AlertTabs />
      {children}
    </div>
  );
}
