/** A text within a line of Markdown: what would be markup, HTML or another line is shown as it was written. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/g, " ")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]#|~!]/g, "\\$&")
    .replace(/^([-+=]|\d+[.)])/, "\\$1");
}

/** A text of several lines as a quotation. */
export function quoteMarkdown(text: string): string {
  return text
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map((line) => `> ${escapeMarkdown(line)}`.trimEnd())
    .join("  \n");
}
