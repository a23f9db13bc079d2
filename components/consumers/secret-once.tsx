"use client";

import { useEffect, useRef } from "react";
import { CopyLine } from "#components/ui/copy-line.tsx";

/** A webhook's new secret: shown only this once, so it gets the focus. */
export function SecretOnce({ secret }: { secret: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h2 id="secret" tabIndex={-1} ref={heading}>
        Its secret, shown this once
      </h2>
      <p>
        Keep it where the receiver reads it from. It signs every message as{" "}
        <a href="https://www.standardwebhooks.com">Standard Webhooks</a> says, and Tidemark never shows it again: who
        loses it gives the webhook a new one.
      </p>
      <CopyLine text={secret} label="the secret" />
    </>
  );
}
