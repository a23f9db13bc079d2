// What a flood costs by itself: node test/hostile/decoy.ts PORT answers 404 to every request at once, until its input ends.
import { createServer } from "node:http";

process.stdin.once("end", () => process.exit(0)).resume();
createServer((_, response) => response.writeHead(404).end()).listen(Number(process.argv[2]), "127.0.0.1");
