"use client";

import PageError from "./(dashboard)/error.tsx";

export default PageError;
