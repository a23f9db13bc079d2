import { Button } from "@mantine/core";
import { withBase } from "#components/api/base-path.ts";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** The board before the catalogue has an event type. */
export function NothingClaimed() {
  return (
    <Notice title="Claim the first event type" level={2}>
      <p>
        Only claimed event types have verdicts and alerts. List your event types in a file, each with an owner and a
        tier, and apply it:
      </p>
      <CopyLine text="npx tidemark apply -f catalog.yaml" label="the command" />
      <p>
        The <a href={withBase("/event-types")}>catalogue</a> lists event types that are reported and not claimed yet.
      </p>
    </Notice>
  );
}

interface NothingMatchesProps {
  text: string;
  /** Used while not every type is known yet. */
  unread?: string | null;
  onClear: () => void;
}

export function NothingMatches({ text, unread = null, onClear }: NothingMatchesProps) {
  const who = unread === null ? "No type" : "No loaded type";
  return (
    <Notice title={`${who} matches “${text.trim()}”`} level={2}>
      {unread !== null && <p>{unread}</p>}
      <Button onClick={onClear}>Show all types</Button>
    </Notice>
  );
}
