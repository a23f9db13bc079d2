// The pages of docs/ as the product serves them. What others may use of it.
export { readDocument } from "./read-document.ts";
export { readPicture } from "./read-picture.ts";
