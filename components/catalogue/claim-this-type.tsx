import { Notice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import { claimSnippet } from "./claim-snippet.ts";
import { DeleteDiscovered } from "./delete-discovered.tsx";
import { DocumentEditor } from "./document-editor.tsx";

/** How to claim a type that is reported but not claimed. */
export function ClaimThisType({ eventType, asOf }: { eventType: EventTypeJson; asOf: string }) {
  return (
    <Notice title={eventType.name}>
      <p>
        Discovered at <Time at={eventType.discoveredAt} relativeTo={asOf} />
        and not claimed yet. Its reports are kept. Its hours have no verdicts, and it alerts no one.
      </p>
      <h2>Claim it</h2>
      <p>Set its owner and tier, and apply the entry here or as a file. To judge past hours too, add activeFrom.</p>
      <DocumentEditor initial={claimSnippet(eventType.name)} label="Catalogue entry" />
      <DeleteDiscovered kind="event-types" name={eventType.name} />
    </Notice>
  );
}
