import type { ComponentProps } from "react";
import ReactMarkdown from "react-markdown";
import rehypeSlug from "rehype-slug";
import remarkGfm from "remark-gfm";
import { withBase } from "#components/api/base-path.ts";
import { PageLink } from "#components/ui/page-link.tsx";
import styles from "./documentation.module.css";
import { linkTarget, pictureTarget } from "./link-target.ts";

interface DocumentLink {
  slug: string;
  title: string;
}

export interface DocumentViewProps extends DocumentLink {
  file: string;
  markdown: string;
  contents: readonly { title: string; pages: readonly DocumentLink[] }[];
  previous: DocumentLink | null;
  next: DocumentLink | null;
}

const addressOf = ({ slug }: DocumentLink) => (slug === "" ? "/docs" : `/docs/${slug}`);

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
                  <PageLink href={addressOf(page)} aria-current={page.slug === slug ? "page" : undefined}>
                    {page.title}
                  </PageLink>
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
            <PageLink href={addressOf(previous)} rel="prev">
              ← {previous.title}
            </PageLink>
          )}
          {next && (
            <PageLink href={addressOf(next)} rel="next">
              {next.title} →
            </PageLink>
          )}
        </nav>
      </article>
    </div>
  );
}

function DocumentLink({ href, children }: ComponentProps<"a"> & { href: string }) {
  if (href.startsWith("/docs")) {
    return <PageLink href={href}>{children}</PageLink>;
  }
  return <a href={withBase(href)}>{children}</a>;
}
