/** Who wants to hear of one kind of thing. */
export class Listeners<News extends unknown[]> {
  readonly #listeners = new Set<(...news: News) => void>();

  /** Until the returned function is called. */
  add(listener: (...news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** One that throws keeps the news from no other; its error is reported as an uncaught one. */
  tell(...news: News): void {
    for (const listener of this.#listeners) {
      try {
        listener(...news);
      } catch (error) {
        reportError(error);
      }
    }
  }
}
