import Link from "next/link";
import { HourName } from "./hour-name.tsx";

/** An hour of a type by its name, leading to its page. */
export function HourLink({ eventType, hour }: { eventType: string; hour: string }) {
  return (
    <Link href={`/event-types/${encodeURIComponent(eventType)}/hours/${hour}`} prefetch={false}>
      <HourName hour={hour} />
    </Link>
  );
}
