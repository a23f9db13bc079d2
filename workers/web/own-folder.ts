// Imported first: Next, the documentation and the migrations are found from the working folder.
import { join } from "node:path";

process.chdir(join(import.meta.dirname, "../.."));
