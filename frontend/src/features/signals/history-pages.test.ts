import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import type { ListFilter } from "./history-filter";
import { afterNews } from "./history-pages";

const EVERYTHING: ListFilter = { side: null, status: null, origin: null };
const ACTIVE: ListFilter = { ...EVERYTHING, status: "active" };

function at(timestamp: number, status: "active" | "closed" = "active") {
  return tradeSignal({ id: `at ${timestamp}`, timestamp, status });
}

function read(nextCursor: string | null = null) {
  return { pages: [{ signals: [at(5), at(3)], nextCursor }], pageParams: [null] };
}

function timesAfter(...news: Parameters<typeof afterNews>): readonly number[] {
  return afterNews(...news).pages.flatMap(({ signals }) => signals.map(({ openMs }) => openMs));
}

describe("the history after news of a signal", () => {
  test("a new one that matches comes first", () => {
    expect(timesAfter(read(), at(7), ACTIVE)).toEqual([7, 5, 3]);
  });

  test("one that does not match stays out", () => {
    expect(timesAfter(read(), at(7, "closed"), ACTIVE)).toEqual([5, 3]);
  });

  test("one that has ended leaves the list of those that run", () => {
    expect(timesAfter(read(), at(5, "closed"), ACTIVE)).toEqual([3]);
  });

  test("elsewhere it stays, with its new state", () => {
    const { pages } = afterNews(read(), at(5, "closed"), EVERYTHING);
    expect(pages[0]?.signals.map(({ status }) => status)).toEqual(["closed", "active"]);
  });

  test("news of one that was not read yet waits until it is", () => {
    expect(timesAfter(read("more"), at(1), EVERYTHING)).toEqual([5, 3]);
    expect(timesAfter(read(), at(1), EVERYTHING)).toEqual([5, 3, 1]);
  });
});
