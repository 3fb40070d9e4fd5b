import type { Apis } from "./apis";

/** For tests: the parts that a test answers itself; asking another part fails the test. */
export function fakeApis(parts: { readonly [Part in keyof Apis]?: Partial<Apis[Part]> }): Apis {
  const asked = (part: object, name: string) =>
    new Proxy(part, {
      get: (target, method) => {
        const answer: unknown = Reflect.get(target, method);
        if (answer === undefined) throw new Error(`Nobody answers ${name}.${String(method)}.`);
        return answer;
      },
    });
  return new Proxy(parts, {
    get: (target, part) => asked(Reflect.get(target, part) as object, String(part)),
  }) as Apis;
}
