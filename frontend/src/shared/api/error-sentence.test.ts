import { expect, test } from "vitest";
import { ApiError } from "./api-error";
import { errorSentence } from "./error-sentence";

test("a refusal is told in its own words", () => {
  expect(errorSentence(new ApiError("Market is down.", 503, null))).toBe("Market is down.");
});

test("a fault in reading an answer is told in words, not in those of the language", () => {
  const fault = new TypeError("Cannot read properties of undefined (reading 'map')");
  expect(errorSentence(fault)).toBe("The answer could not be understood.");
});
