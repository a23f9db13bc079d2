"use client";

import { TagsInput } from "@mantine/core";
import { useState } from "react";
import { useEdited } from "#components/forms/draft-context.ts";
import { SecretField } from "#components/forms/fields.tsx";
import { RegionField } from "./region-field.tsx";

export function OpsgenieFields() {
  const draft = useEdited();
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
      <SecretField path={["apiKey"]} label="API key" />
      <RegionField europe="https://api.eu.opsgenie.com" />
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

interface WrittenResponder {
  type: string;
  name: string;
}

/** "team:data-delivery" as a file writes it; null: it is none. */
export function readResponder(text: string): WrittenResponder | null {
  const [, type, name] = /^\s*(team|user|escalation|schedule)\s*:\s*(.*\S)\s*$/.exec(text) ?? [];
  return type && name ? { type, name } : null;
}

export function responderText({ type, name }: WrittenResponder): string {
  return `${type}:${name}`;
}
