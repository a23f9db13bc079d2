// The product is installed from its repository; only the packages below packages/ are published.
process.stderr.write(
  "This package is not published. Publish one of packages/ from its own folder: see CONTRIBUTING.md, Release.\n",
);
process.exitCode = 1;
