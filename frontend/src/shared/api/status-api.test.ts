import { expect, test } from "vitest";
import { platformStatus } from "@/shared/status/status-builder";
import { createHttpClient } from "./http-client";
import { createStatusApi } from "./status-api";

function answering(data: unknown) {
  const body = JSON.stringify({ success: true, data });
  return createStatusApi(createHttpClient(() => Promise.resolve(new Response(body))));
}

test("the status is answered as it was told", async () => {
  expect(await answering(platformStatus()).platform()).toEqual(platformStatus());
});

test.each([null, {}, []])("%j is no status, and reaches no page as one", async (data) => {
  await expect(answering(data).platform()).rejects.toMatchObject({
    name: "ApiError",
    message: "The answer could not be understood.",
  });
});
