"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "#components/ui/tabs.tsx";

/** Each with the path prefixes of the pages below it. */
export const alertTabs = [
  { href: "/alerts", name: "Incidents", below: ["/alerts/incidents/"] },
  { href: "/alerts/rules", name: "Rules", below: ["/alerts/rules/", "/alerts/new-rule"] },
  { href: "/alerts/silences", name: "Silences", below: [] },
  { href: "/alerts/on-call", name: "On call", below: ["/alerts/on-call/", "/alerts/new-on-call-schedule"] },
  { href: "/alerts/channels", name: "Channels", below: ["/alerts/channels/", "/alerts/new-channel"] },
  { href: "/alerts/deliveries", name: "Deliveries", below: ["/alerts/deliveries/"] },
] as const;

/** The pages about alerts. */
export function AlertTabs() {
  const path = usePathname();
  const current = alertTabs.find(({ href, below }) => path === href || below.some((start) => path.startsWith(start)));
  return <Tabs label="Alerts" tabs={alertTabs} current={current?.href ?? ""} />;
}
