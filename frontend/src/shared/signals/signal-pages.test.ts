import { expect, test } from "vitest";
import { tradeSignal } from "./signal-builder";
import { withSignal, type SignalPages } from "./signal-pages";

const old = tradeSignal({ id: "old", timestamp: 1 });
const newer = tradeSignal({ id: "newer", timestamp: 2 });
const list: SignalPages = {
  pages: [
    { signals: [newer], nextCursor: "c" },
    { signals: [old], nextCursor: null },
  ],
  pageParams: [undefined, "c"],
};

function ids({ pages }: SignalPages): string[][] {
  return pages.map(({ signals }) => signals.map(({ id }) => id));
}

test("a new signal comes first", () => {
  const newest = tradeSignal({ id: "newest", timestamp: 3 });
  expect(ids(withSignal(list, newest))).toEqual([["newest", "newer"], ["old"]]);
});

test("a signal that comes late stands where its bar is", () => {
  const between = tradeSignal({ id: "between", timestamp: 1.5 });
  expect(ids(withSignal(list, between))).toEqual([["newer", "between"], ["old"]]);
});

test("a changed signal replaces its earlier state, in whatever page", () => {
  const left = withSignal(list, tradeSignal({ id: "old", timestamp: 1, status: "closed" }));
  expect(ids(left)).toEqual([["newer"], ["old"]]);
  expect(left.pages[1]?.signals[0]?.status).toBe("closed");
});
