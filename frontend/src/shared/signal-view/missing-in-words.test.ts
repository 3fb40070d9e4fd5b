import { expect, test } from "vitest";
import { missingInWords } from "./missing-in-words";

test("a HOLD names the model as the rows of its evidence do", () => {
  const summary =
    "HOLD: score -0.124 is 0.276 short of SELL at -0.400; " +
    "with the full voice of trend and ml it would be SELL";
  expect(missingInWords(summary)).toBe(
    "Score \u22120.124 is 0.276 short of SELL at \u22120.400; " +
      "with the full voice of trend and the model it would be SELL.",
  );
});

test("a HOLD without a summary says something all the same", () => {
  expect(missingInWords("")).toBe("The evidence does not reach either side.");
});
