import { Notice } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import type { EventTypeJson } from "#domain/api/catalogue.ts";
import { DeleteDiscovered } from "./delete-discovered.tsx";
import { DocumentEditor } from "./document-editor.tsx";

/** How to claim a type that is reported but not claimed. */
export function ClaimThisType({ eventType, asOf }: { eventType: EventTypeJson; asOf: string }) {
  return (
    <Notice title={eventType.name}>
      <p>
        Discovered at <Time at={eventType.discoveredAt} relativeTo={asOf} /> and not claimed yet. Its reports are kept.
        Its hours have no verdicts, and it alerts no one.
      </p>
      <h2>Claim it</h2>
      <p>Set its owner and tier, and apply the entry here or as a file. To judge past hours too, add activeFrom.</p>
      <DocumentEditor initial={claimSnippet(eventType.name)} label="Catalogue entry" />
      <DeleteDiscovered kind="event-types" name={eventType.name} />
    </Notice>
  );
}

/** The catalogue entry that claims a discovered type, ready to be saved, filled in and applied. */
export function claimSnippet(eventType: string): string {
  return [
    "apiVersion: tidemark/v1",
    "kind: EventType",
    `metadata: { name: ${yamlText(eventType)} }`,
    "spec: { owner: your-team, tier: normal }",
    "",
  ].join("\n");
}

// JSON's strings are YAML's double-quoted strings: valid for any name, and only names that need quotes get them.
function yamlText(text: string): string {
  const isPlain = /^[A-Za-z][\w.-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
