// Figures as every screen writes them; mails and messages write them so too.
export { formatCount, formatCountOf } from "#domain/figures.ts";
export { formatPercent as formatShare } from "#domain/percent.ts";
