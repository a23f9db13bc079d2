import { Tabs } from "#components/ui/tabs.tsx";

const tabs = { Hours: "", Trends: "/trends", Settings: "/settings" } as const;

/** The pages of one type. */
export function TypeTabs({ eventType, current }: { eventType: string; current: keyof typeof tabs }) {
  const path = `/event-types/${encodeURIComponent(eventType)}`;
  return (
    <Tabs
      label={eventType}
      tabs={Object.entries(tabs).map(([name, below]) => ({ name, href: path + below }))}
      current={path + tabs[current]}
    />
  );
}
