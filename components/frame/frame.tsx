import type { ReactNode } from "react";
import { AccountLinks } from "#components/access/account-links.tsx";
import { SearchButton } from "#components/search/search-button.tsx";
import { PageLink } from "#components/ui/page-link.tsx";
import type { StatusJson } from "#domain/api/board.ts";
import { Bands } from "./bands.tsx";
import styles from "./frame.module.css";
import { KeysDialog } from "./keys-dialog.tsx";
import { Live } from "./live.tsx";
import { NavLinks } from "./nav-links.tsx";
import { NoticeSwitch } from "./notice-switch.tsx";
import { SchemeSwitch } from "./scheme-switch.tsx";
import { SoftLinks } from "./soft-links.tsx";
import { TopLine, type TopLineSummary } from "./top-line.tsx";
import { ZoneSwitch } from "./zone-switch.tsx";

export interface FrameProps {
  /** null: could not be read now; the browser keeps retrying. */
  status: StatusJson | null;
  summary: TopLineSummary | null;
  children: ReactNode;
}

/** The frame of every page: navigation, the answer in one sentence, and warnings. */
export function Frame({ status, summary, children }: FrameProps) {
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <header className={styles.side}>
        <PageLink className={styles.brand} href="/">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M2 9.5c3.3 0 3.3 3 6.7 3s3.3-3 6.6-3 3.4 3 6.7 3M2 15.5c3.3 0 3.3 3 6.7 3s3.3-3 6.6-3 3.4 3 6.7 3" />
            <path d="M17 2v5" />
          </svg>
          Tidemark
        </PageLink>
        <SearchButton />
        <NavLinks />
        <div className={styles.controls}>
          <ZoneSwitch />
          <SchemeSwitch />
          <NoticeSwitch />
          <KeysDialog />
        </div>
        <AccountLinks />
      </header>
      <SoftLinks />
      <Live />
      <div className={styles.body}>
        <section aria-label="Now">
          <Bands initialStatus={status} />
          <div className={styles.top}>
            <TopLine initial={summary} initialStatus={status} />
          </div>
        </section>
        <main className={styles.main} id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}
