import { HourName } from "./hour-name.tsx";
import { PageLink } from "./page-link.tsx";

/** An hour of a type by its name, leading to its page. */
export function HourLink({ eventType, hour }: { eventType: string; hour: string }) {
  return (
    <PageLink href={`/event-types/${encodeURIComponent(eventType)}/hours/${hour}`}>
      <HourName hour={hour} />
    </PageLink>
  );
}
