// The same tree seen by folders, tests left out: no folder of server/ or of a process needs one that needs it.
const { options } = require("./.dependency-cruiser.cjs");

module.exports = {
  forbidden: [
    {
      name: "no-circular-folders",
      comment: "A folder that needs another stands above it, types included.",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
  ],
  options: { ...options, includeOnly: "^(server|workers|cli)/", exclude: { path: "[.]test[.]tsx?$" } },
};
