import { expect, test } from "vitest";
import { asSentence } from "./prose";

test("wording becomes a sentence with true minuses", () => {
  expect(asSentence("score -0.212 is 0.188 short of SELL at -0.400; 2024-08-05")).toBe(
    "Score \u22120.212 is 0.188 short of SELL at \u22120.400; 2024-08-05.",
  );
});

test("a sentence stays one, and nothing stays nothing", () => {
  expect(asSentence("It is done.")).toBe("It is done.");
  expect(asSentence(" ")).toBe("");
});
