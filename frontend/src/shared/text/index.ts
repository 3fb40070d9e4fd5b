/** Said as `text.nav.more`; being no object, it lets each page load only the words that it says. */
export * as text from "./catalogue";
