import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createReadAgain } from "./read-again";

const KEY = ["signals"] as const;

let client: QueryClient;
let answers: ((value: string) => void)[];
let stopLooking: () => void;

/** Answers the reading that is under way, and lets what waits for it go on. */
async function answer(value: string): Promise<void> {
  answers.at(-1)?.(value);
  await new Promise((resolve) => setTimeout(resolve));
}

beforeEach(() => {
  client = new QueryClient();
  answers = [];
  const queryFn = () => new Promise<string>((resolve) => answers.push(resolve));
  const observer = new QueryObserver(client, { queryKey: [...KEY, "all"], queryFn });
  stopLooking = observer.subscribe(() => undefined);
});

afterEach(() => stopLooking());

test("what is shown is read anew", async () => {
  await answer("first");
  const done = createReadAgain(client, KEY)();
  await answer("second");
  await done;
  expect(client.getQueryData([...KEY, "all"])).toBe("second");
  expect(answers).toHaveLength(2);
});

test("an answer that was on its way is followed by another reading", async () => {
  const done = createReadAgain(client, KEY)();
  await answer("maybe older");
  await answer("newest");
  await done;
  expect(client.getQueryData([...KEY, "all"])).toBe("newest");
  expect(answers).toHaveLength(2);
});

test("however often it is asked for meanwhile, one more reading answers it", async () => {
  await answer("first");
  const readAgain = createReadAgain(client, KEY);
  const done = readAgain();
  for (let call = 0; call < 100; call += 1) void readAgain();
  await answer("second");
  await answer("third");
  await done;
  expect(client.getQueryData([...KEY, "all"])).toBe("third");
  expect(answers).toHaveLength(3);
});

test("a reading that nobody looks at does not hold it up", async () => {
  stopLooking();
  await createReadAgain(client, KEY)();
  expect(answers).toHaveLength(1);
});
