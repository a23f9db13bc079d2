"use client";

import { CopyLine } from "#components/ui/copy-line.tsx";
import { Time } from "#components/ui/time.tsx";
import type { InvitedJson } from "#domain/api/people.ts";

/** A one-time link, shown once. */
export function OneTimeLink({ person: { name, link } }: { person: InvitedJson }) {
  return (
    <div role="status">
      <p>
        Send this link to {name}. It works once, until <Time at={link.expiresAt} />, and is not shown again.
      </p>
      <CopyLine text={link.url} label={`${name}’s link`} />
    </div>
  );
}
