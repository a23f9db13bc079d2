"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "#components/ui/tabs.tsx";

const tabs = [
  { href: "/deployments", name: "Deployments" },
  { href: "/deployments/hooks", name: "Hooks" },
] as const;

/** Deployments, and the webhooks that announce them. */
export function DeploymentTabs() {
  const path = usePathname();
  return <Tabs label="Deployments" tabs={tabs} current={path === "/deployments" ? path : "/deployments/hooks"} />;
}
