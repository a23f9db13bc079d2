import { Button } from "#components/ui/button.tsx";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { Notice } from "#components/ui/notice.tsx";

/** The board before the catalogue has an event type. */
export function NothingClaimed() {
  return (
    <Notice title="Claim the first event type" level={2}>
      <p>
        Tidemark judges the hours of the event types that somebody claims. Say in a file which there are, who owns them
        and by when their hours must be complete, and apply it:
      </p>
      <CopyLine text="npx tidemark apply -f catalog.yaml" label="the command" />
      <p>
        What has been reported without a claim is listed in the <a href="/event-types">catalogue</a>.
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
  const who = unread === null ? "No type" : "No type read so far";
  return (
    <Notice title={`${who} matches “${text.trim()}”`} level={2}>
      {unread !== null && <p>{unread}</p>}
      <Button onClick={onClear}>Show all types</Button>
    </Notice>
  );
}
