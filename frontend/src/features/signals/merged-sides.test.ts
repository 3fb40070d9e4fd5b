import { describe, expect, test } from "vitest";
import { tradeSignal } from "@/shared/signals/signal-builder";
import { mergedSides, sideToReadOn } from "./merged-sides";

function side(times: readonly number[], hasMore = false) {
  const signals = times.map((timestamp) => tradeSignal({ id: `at ${timestamp}`, timestamp }));
  return { signals, hasMore };
}

function times(sides: Parameters<typeof mergedSides>[0]): readonly number[] {
  return mergedSides(sides).map(({ openMs }) => openMs);
}

describe("BUY and SELL in one list", () => {
  test("they stand by time, newest first", () => {
    expect(times([side([9, 5]), side([8, 6, 1])])).toEqual([9, 8, 6, 5, 1]);
  });

  test("nothing is shown from before a time at which one of them is not known yet", () => {
    expect(times([side([9, 5], true), side([8, 6, 1])])).toEqual([9, 8, 6, 5]);
  });

  test("a side that was not read yet leaves the list open", () => {
    expect(times([{ signals: undefined, hasMore: true }, side([8])])).toEqual([]);
  });

  test("the side that ends latest is read on first, and none when all are known", () => {
    const [buys, sells] = [side([9, 5], true), side([8, 2], true)];
    expect(sideToReadOn([buys, sells])).toBe(buys);
    expect(sideToReadOn([side([9]), sells])).toBe(sells);
    expect(sideToReadOn([side([9]), side([8])])).toBeUndefined();
  });
});
