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
        Discovered at <Time at={eventType.discoveredAt} relativeTo={asOf} />: reports speak of it and are kept, but
        nobody has claimed it. Its hours are not judged, and it pages nobody.
      </p>
      <h2>Claim it</h2>
      <p>
        Write its owner and tier, and apply it, here or as a file. Hours before now are judged too when you add
        activeFrom.
      </p>
      <DocumentEditor initial={claimSnippet(eventType.name)} label="The catalogue entry" />
      <DeleteDiscovered kind="event-types" name={eventType.name} />
    </Notice>
  );
}
