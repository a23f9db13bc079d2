import Link from "next/link";
import type { ComponentProps } from "react";
import ReactMarkdown from "react-markdown";
import rehypeSlug from "rehype-slug";
import remarkGfm from "remark-gfm";
import { withBase } from "#components/api/base-path.ts";
import styles from "./documentation.module.css";
import { linkTarget, pictureTarget } from "./link-target.ts";

interface PageLink {
  slug: string;
  title: string;
}

export interface DocumentViewProps extends PageLink {
  file: string;
  markdown: string;
  contents: readonly { title: string; pages: readonly PageLink[] }[];
  previous: PageLink | null;
  next: PageLink | null;
}

const addressOf = ({ slug }: PageLink) => (slug === "" ? "/docs" : `/docs/${slug}`);

/** A documentation page beside its contents. Rendered only on the server: none of it is sent as a script. */
export function DocumentView({ slug, title, file, markdown, contents, previous, next }: DocumentViewProps) {
  return (
    <div className={styles.layout}>
      <nav className={styles.contents} aria-label="Documentation">
        {contents.map((section) => (
          <section key={section.title} aria-label={section.title}>
            <p className={styles.section}>{section.title}</p>
            <ul>
              {section.pages.map((page) => (
                <li key={page.slug}>
                  <Link href={addressOf(page)} prefetch={false} aria-current={page.slug === slug ? "page" : undefined}>
                    {page.title}
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
        <ul>
          <li>
            <a href={withBase("/api/docs")}>The HTTP API</a>
          </li>
        </ul>
      </nav>
      <article className={styles.document} aria-label={title}>
        <ReactMarkdown
          remarkPlugins={[remarkGfm]}
          rehypePlugins={[rehypeSlug]}
          components={{
            a: ({ href = "", children }) => <DocumentLink href={linkTarget(href, file)}>{children}</DocumentLink>,
            img: ({ src, alt }) => (
              // biome-ignore lint/performance/noImgElement: a screenshot served as is; nothing to optimise.
              <img src={withBase(pictureTarget(String(src ?? "")))} alt={alt ?? ""} loading="lazy" />
            ),
            table: ({ children }) => (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard.
              <div className={styles.scroll} tabIndex={0}>
                <table>{children}</table>
              </div>
            ),
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard.
            pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
          }}
        >
          {markdown}
        </ReactMarkdown>
        <nav className={styles.neighbours} aria-label="Neighbouring pages">
          {previous && (
            <Link href={addressOf(previous)} prefetch={false} rel="prev">
              ← {previous.title}
            </Link>
          )}
          {next && (
            <Link href={addressOf(next)} prefetch={false} rel="next">
              {next.title} →
            </Link>
          )}
        </nav>
      </article>
    </div>
  );
}

function DocumentLink({ href, children }: ComponentProps<"a"> & { href: string }) {
  if (href.startsWith("/docs")) {
    return (
      <Link href={href} prefetch={false}>
        {children}
      </Link>
    );
  }
  return <a href={withBase(href)}>{children}</a>;
}
