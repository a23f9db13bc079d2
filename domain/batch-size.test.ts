import { expect, test } from "vitest";
import { BatchSize } from "./batch-size.ts";

const open = () => new BatchSize({ targetMs: 250, least: 10, most: 4_000, first: 100 });

test("a full batch that was fast makes the next one larger, one that was not full says nothing", () => {
  const size = open();
  size.took(40, 60);
  expect(size.limit).toBe(100);
  size.took(40, 100);
  expect(size.limit).toBe(200);
  size.took(200, 200);
  expect(size.limit).toBe(200);
  for (let round = 0; round < 10; round += 1) size.took(1, size.limit);
  expect(size.limit).toBe(4_000);
});

test("a batch that took too long makes the next one smaller by as much, to a quarter at the most", () => {
  const size = open();
  size.took(500, 100);
  expect(size.limit).toBe(50);
  size.took(60_000, 50);
  expect(size.limit).toBe(12);
  size.took(60_000, 12);
  expect(size.limit).toBe(10);
});

test("a batch that took in more than it was to never makes the next one larger", () => {
  const size = open();
  size.took(251, 400);
  expect(size.limit).toBe(100);
});

test("what the database gives up on is halved", () => {
  const size = open();
  size.gaveUp();
  expect(size.limit).toBe(50);
});

test("a batch that found nothing says nothing, however long the look took", () => {
  const size = open();
  size.took(5_000, 0);
  expect(size.limit).toBe(100);
});
