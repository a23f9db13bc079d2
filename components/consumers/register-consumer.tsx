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
        Nobody is registered. Register each job that reads these hours, with whom to call: then trouble shows who it
        hurts, and an amended hour shows who read it before. <Link href="/consumers#register">Register one here</Link>,
        or from a shell:
      </p>
      <CopyLine
        text={`curl -fsS -X PUT ${url} -H "Authorization: Bearer $TIDEMARK_TOKEN" -H "Content-Type: application/json" -d '{"contact": "#my-team"}'`}
        label="how to register a consumer"
      />
    </>
  );
}
