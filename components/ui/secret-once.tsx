"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { CopyLine } from "./copy-line.tsx";

/** A new secret, and where it goes: shown only this once, so it gets the focus. */
export function SecretOnce({ secret, children }: { secret: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h2 id="secret" tabIndex={-1} ref={heading}>
        Secret, shown only once
      </h2>
      <p>{children} Tidemark never shows it again. If it is lost, rotate it.</p>
      <CopyLine text={secret} label="secret" />
    </>
  );
}
