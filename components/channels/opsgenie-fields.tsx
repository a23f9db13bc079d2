"use client";

import { TagsInput } from "@mantine/core";
import { useState } from "react";
import { SecretField } from "#components/forms/fields.tsx";
import type { Draft } from "#components/forms/use-draft.ts";
import { RegionField } from "./region-field.tsx";
import { readResponder, responderText } from "./responders.ts";

export function OpsgenieFields({ draft }: { draft: Draft }) {
  const [unread, setUnread] = useState<string | null>(null);
  const responders = draft.at(["responders"]);
  const change = (texts: string[]) => {
    const read = texts.map(readResponder);
    const wrong = texts.find((_, at) => read[at] === null);
    setUnread(wrong === undefined ? null : `“${wrong}” is not a responder. Write team:NAME, user:MAIL, schedule:NAME.`);
    const next = read.filter((each) => each !== null);
    draft.set(["responders"], next.length === 0 ? undefined : next);
  };
  return (
    <>
      <SecretField draft={draft} path={["apiKey"]} label="API key" />
      <RegionField draft={draft} europe="https://api.eu.opsgenie.com" />
      <TagsInput
        label="Responders (optional)"
        description="team:NAME, user:MAIL, escalation:NAME or schedule:NAME. Without any, as the integration is set up."
        value={Array.isArray(responders) ? responders.map(responderText) : []}
        error={unread ?? draft.faultAt(["responders"])}
        acceptValueOnBlur
        onChange={change}
      />
    </>
  );
}
