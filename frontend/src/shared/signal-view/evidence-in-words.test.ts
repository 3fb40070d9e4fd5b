import { expect, test } from "vitest";
import { evidenceInWords } from "./evidence-in-words";

test("a silent model says why in words", () => {
  expect(evidenceInWords("no edge: the model abstains (no_model)")).toBe(
    "No edge: the model abstains (no model has been trained for this timeframe).",
  );
});

test("a reason that this page does not know is shown as it came", () => {
  expect(evidenceInWords("no edge: the model abstains (asleep)")).toBe(
    "No edge: the model abstains (asleep).",
  );
});
