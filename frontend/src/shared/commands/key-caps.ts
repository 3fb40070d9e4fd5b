import { isApple } from "./commands";

/** What stands on the keys of a command: "mod+k" is ["⌘", "K"] on a Mac, else ["Ctrl", "K"]. */
export function keyCaps(key: string): readonly string[] {
  const single = key.replace(/^mod\+/, "");
  const cap = single.toUpperCase();
  return key === single ? [cap] : [isApple() ? "⌘" : "Ctrl", cap];
}
