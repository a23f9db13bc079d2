"use client";

import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import type { ListJson } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { PageLink } from "#components/ui/page-link.tsx";
import { Time } from "#components/ui/time.tsx";
import type { OnCallScheduleJson } from "#domain/api/on-call.ts";

interface OnCallNowProps {
  initial: ListJson<OnCallScheduleJson>;
  asOf: string;
}

/** Who is on call now, in a line; nothing where there is no schedule. */
export const OnCallNow = memo(function OnCallNow({ initial, asOf }: OnCallNowProps) {
  const { data } = useQuery({ ...queries.onCallSchedules(), initialData: initial });
  if (data.items.length === 0) return null;
  return (
    <p className={page.hint}>
      On call now:{" "}
      {data.items.map(({ name, now }, at) => (
        <span key={name}>
          {at > 0 && "; "}
          <PageLink href={`/alerts/on-call/${encodeURIComponent(name)}`}>{now?.person ?? "no one"}</PageLink> ({name}
          {now && (
            <>
              , until <Time at={now.endsAt} relativeTo={asOf} />
            </>
          )}
          )
        </span>
      ))}
    </p>
  );
});
