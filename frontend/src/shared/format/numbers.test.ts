import { describe, expect, test } from "vitest";
import { createNumberFormat, priceDecimals } from "./numbers";

const english = createNumberFormat("en-US");
const german = createNumberFormat("de-DE");

describe("numbers", () => {
  test("a price has cents and the reader's separators", () => {
    expect(english.price(3213.849)).toBe("3,213.85");
    expect(german.price(3213.849)).toBe("3.213,85");
  });

  test.each([
    [0, 2],
    [64_000, 2],
    [10, 2],
    [1.2345, 4],
    [0.00001234, 9],
    [1e-30, 10],
  ])("a price of %d shows %d decimals", (price, decimals) => {
    expect(priceDecimals(price)).toBe(decimals);
  });

  test("a difference of prices is as exact as they are", () => {
    expect(english.move(-5.126, 2_400)).toBe("\u22125.13");
    expect(english.move(0.0012, 0.15)).toBe("0.00120");
  });

  test("a change always wears its sign, a true minus below zero", () => {
    expect(english.percent(1.237)).toBe("+1.24%");
    expect(english.percent(-1.237)).toBe("\u22121.24%");
    expect(english.percent(0)).toBe("0.00%");
  });

  test("a volume is short", () => {
    expect(english.compact(12_345.6)).toBe("12.3K");
    expect(english.compact(2_000)).toBe("2.00K");
  });

  test("an age is in tenths of a second", () => {
    expect(english.seconds(840)).toBe("0.8");
  });

  test("points wear their sign and three decimals", () => {
    expect(english.points(-0.44931)).toBe("\u22120.449");
    expect(english.points(0.05)).toBe("+0.050");
  });

  test("a chance is a whole percentage", () => {
    expect(english.chance(68.4)).toBe("68%");
  });

  test("a ratio has two decimals and no plus", () => {
    expect(english.ratio(1.3333)).toBe("1.33");
    expect(english.ratio(-0.1)).toBe("\u22120.10");
  });

  test("a share of one is a percentage, a count has no decimals", () => {
    expect(english.share(0.47166)).toBe("47.2%");
    expect(english.whole(60_945)).toBe("60,945");
  });

  test("an axis shows the decimals that it needs, a log-loss always three", () => {
    expect([0.5, -40, 1_000].map(english.tick)).toEqual(["0.5", "\u221240", "1,000"]);
    expect(english.loss(1.05)).toBe("1.050");
  });
});
