import { expect, test, vi } from "vitest";
import { Listeners } from "./listeners";

test("a listener that throws keeps the news from no other, and its error is seen", () => {
  const reportError = vi.fn();
  vi.stubGlobal("reportError", reportError);
  const heard: number[] = [];
  const listeners = new Listeners<[number]>();
  const fault = new Error("a listener's fault");
  listeners.add(() => {
    throw fault;
  });
  listeners.add((news) => heard.push(news));
  listeners.tell(7);
  expect(heard).toEqual([7]);
  expect(reportError).toHaveBeenCalledExactlyOnceWith(fault);
});
