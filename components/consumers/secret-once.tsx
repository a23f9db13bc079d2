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
        Secret, shown only once
      </h2>
      <p>
        Store it where the receiver reads it. It signs every message according to{" "}
        <a href="https://www.standardwebhooks.com">Standard Webhooks</a>. Tidemark never shows it again. If it is lost,
        rotate it.
      </p>
      <CopyLine text={secret} label="secret" />
    </>
  );
}
