"use client";

import { type ReactNode, useEffect, useRef } from "react";
import { CopyLine } from "./copy-line.tsx";
import page from "./page.module.css";

interface SecretOnceProps {
  secret: string;
  /** Where it goes. */
  children: ReactNode;
  /** Below it. */
  next?: ReactNode;
}

/** A new secret, and where it goes: shown only this once, so it gets the focus. */
export function SecretOnce({ secret, children, next }: SecretOnceProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={page.card} aria-labelledby="secret">
      <h2 id="secret" tabIndex={-1} ref={heading}>
        Secret, shown only once
      </h2>
      <p>{children} Tidemark never shows it again. If it is lost, rotate it.</p>
      <CopyLine text={secret} label="secret" />
      {next}
    </section>
  );
}
