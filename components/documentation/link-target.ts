const firstDocument = "getting-started.md";

/** Where a document's link leads within the product: other documents are pages under /docs, all else is unchanged. */
export function linkTarget(href: string, file: string): string {
  if (/^[a-z]+:|^[/#]/.test(href)) return href;
  const { pathname, hash } = new URL(href, `http://docs/${file}`);
  // Files beside the documents, such as CONTRIBUTING.md, are not served: a link points at their source.
  if (!pathname.endsWith(".md") || href.startsWith("../") === !file.includes("/")) return href;
  const name = pathname.slice(1);
  return `/docs${name === firstDocument ? "" : `/${name.replace(/\.md$/, "")}`}${hash}`;
}

/** The URL of a document's picture. */
export function pictureTarget(src: string): string {
  return src.startsWith("screens/") ? `/docs-screens/${src.slice("screens/".length)}` : src;
}
