// The same tree seen by folders, tests left out: no folder needs one that needs it.
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
  options: {
    ...options,
    includeOnly: "^(app|components|domain|server|workers|cli)/",
    exclude: { path: "[.]test[.]tsx?$" },
  },
};
