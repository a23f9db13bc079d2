// Public API of documentation: the pages of docs/ as the product serves them.
export { readDocument } from "./read-document.ts";
export { readPicture } from "./read-picture.ts";
