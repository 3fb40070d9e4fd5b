import { expect, test } from "vitest";
import { shortModelId } from "./short-model-id";

test("a model is told by the start of its digest", () => {
  expect(shortModelId("ETHUSDT-1h-wide-1a2b3c4d5e6f")).toBe("1a2b3c4");
});

test("an id of another form stays recognisable", () => {
  expect(shortModelId("v14")).toBe("v14");
});
