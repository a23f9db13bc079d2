import type { ReactNode } from "react";
import { DeploymentTabs } from "#components/deployments/deployment-tabs.tsx";
import page from "#components/ui/page.module.css";

/** Keeps deployments next to the webhooks that announce them. */
export default function DeploymentsLayout({ children }: { children: ReactNode }) {
  return (
    <div className={page.page}>
      <DeploymentTabs />
      {children}
    </div>
  );
}
