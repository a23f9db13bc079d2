// Plain JavaScript, for it must run on the old Node that it refuses. npm scripts load it before everything else.
const needed = 24;

if (Number.parseInt(process.versions.node, 10) < needed) {
  process.stderr.write(
    `Tidemark needs Node ${needed} or newer and this is ${process.versions.node}. npm brings the right one for Linux and Windows ` +
      `("npm ci", then "npm start"); elsewhere install Node ${needed}.\n`,
  );
  process.exit(1);
}
