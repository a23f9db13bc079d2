// Apart from the documents, whose schemas pages do not need.

/** The default for lost and for duplicated events: 0.01 % of produced. */
export const defaultTolerance = 0.0001;
/** How long counts may still change after closing before the verdict is final. */
export const defaultSettleSeconds = 900;
