// Figures as formatted on every screen, and in mails and messages.
export { formatCount, formatCountOf } from "#domain/figures.ts";
export { formatPercent as formatShare } from "#domain/percent.ts";
