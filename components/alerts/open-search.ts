/** How what is wrong now is asked for, by every place that shows it. */
export const openSearch = "state=open,acknowledged&limit=100";
export const alertSearch = "limit=200";
