/** The query for open incidents, shared by every place that shows them. */
export const openSearch = "state=open,acknowledged&limit=100";
export const alertSearch = "limit=200";
