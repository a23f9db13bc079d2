import Link from "next/link";
import { CopyLine } from "#components/ui/copy-line.tsx";
import page from "#components/ui/page.module.css";
import { useOrigin } from "#components/ui/use-origin.ts";

/** Shown without consumers: how to. */
export function RegisterConsumer({ eventType }: { eventType: string }) {
  const origin = useOrigin();
  const url = `${origin}/api/v1/event-types/${encodeURIComponent(eventType)}/consumers/my-job`;
  return (
    <>
      <p className={page.quiet}>
        No registered consumers. Register each job that reads these hours, with a contact. Incidents and amended hours
        then list the affected consumers. <Link href="/consumers#register">Register a consumer</Link>, or use the API:
      </p>
      <CopyLine
        text={`curl -fsS -X PUT ${url} -H "Authorization: Bearer $TIDEMARK_TOKEN" -H "Content-Type: application/json" -d '{"contact": "#my-team"}'`}
        label="how to register a consumer"
      />
    </>
  );
}
