"use client";

import { people, peopleKeys } from "#components/api/people.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { SessionItemJson } from "#domain/api/people.ts";

/** Browsers that are signed in, each with its way out. The one that asks ends by signing out. */
export function SessionTable({ sessions }: { sessions: readonly SessionItemJson[] }) {
  const end = useAct(people.endSession, { says: "Session ended.", rereads: peopleKeys });
  return (
    <>
      <DataTable
        label="Sessions, newest first"
        rows={sessions}
        rowKey={({ id }) => id}
        isCurrent={({ current }) => current}
        plain
        columns={[
          {
            head: "Browser",
            cell: ({ userAgent, current }) => `${browserName(userAgent)}${current ? " (this one)" : ""}`,
          },
          { head: "Address", cell: ({ address }) => address ?? "unknown", word: true },
          { head: "Signed in", cell: ({ createdAt }) => <Time at={createdAt} />, word: true },
          { head: "Last used", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} />, word: true },
          sessions.some(({ current }) => !current) && {
            head: "Actions",
            label: null,
            cell: ({ id, current }) =>
              current ? null : <ConfirmButton name="End session" confirm="End it now" act={end} input={id} />,
          },
        ]}
      />
      <Refusal error={end.error} />
    </>
  );
}

const browsers: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\b(?:OPR|Opera)\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\b(?:Headless)?Chrom(?:e|ium)\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const systems: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bAndroid\b/, "Android"],
  [/\b(?:iPhone|iPad)\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** `Chrome on Linux`, from a User-Agent header: enough to recognise one's own. */
export function browserName(userAgent: string | null): string {
  const find = (known: typeof browsers) => known.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  const [browser, system] = [find(browsers), find(systems)];
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? (userAgent ? userAgent.slice(0, 60) : "Unknown");
}
