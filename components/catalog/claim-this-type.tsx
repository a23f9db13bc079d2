import { CopyLine } from "#components/ui/copy-line.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import { claimSnippet } from "./claim-snippet.ts";

/** A type that reports speak of and nobody has claimed: how to. */
export function ClaimThisType({ eventType, asOf }: { eventType: EventTypeJson; asOf: string }) {
  return (
    <Notice title={eventType.name}>
      <p>
        Discovered at <Time at={eventType.discoveredAt} relativeTo={asOf} />: reports speak of it and are kept, but
        nobody has claimed it. Its hours are not judged, and it pages nobody.
      </p>
      <h2>Claim it</h2>
      <p>
        Save this as a file, with its owner and tier, and apply it. Hours before now are judged too when you add
        activeFrom.
      </p>
      <CopyLine text={claimSnippet(eventType.name)} label="the catalogue entry" />
      <p />
      <CopyLine text="npx tidemark apply -f event-type.yaml" label="the command" />
    </Notice>
  );
}
