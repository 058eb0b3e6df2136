/**
 * Works on what comes, side by side as far as there is room, and gives what came of each as soon as it is done. Each takes
 * a share of the room; what there is no room for waits, and so does all that comes after it.
 */
export async function* sideBySide<T, R>(
  coming: AsyncIterable<T>,
  room: number,
  shareOf: (one: T) => number,
  work: (one: T, share: number) => Promise<R>,
): AsyncGenerator<R> {
  const source = coming[Symbol.asyncIterator]();
  const running = new Set<Promise<{ readonly result: R }>>();
  let free = room;
  const start = (one: T, share: number) => {
    free -= share;
    const promise = work(one, share).then((result) => {
      free += share;
      running.delete(promise);
      return { result };
    });
    running.add(promise);
  };
  const arrive = () => source.next().then((next) => ({ next }));
  try {
    let arriving: ReturnType<typeof arrive> | undefined = arrive();
    let waiting: { readonly one: T; readonly share: number } | undefined;
    while (arriving || running.size > 0) {
      const came = await Promise.race([...running, ...(arriving && !waiting ? [arriving] : [])]);
      if ("result" in came) yield came.result;
      else if (came.next.done) arriving = undefined;
      else waiting = { one: came.next.value, share: shareOf(came.next.value) };
      if (waiting && waiting.share <= free) {
        start(waiting.one, waiting.share);
        waiting = undefined;
        arriving = arrive();
      }
    }
  } finally {
    await Promise.allSettled(running);
    await source.return?.();
  }
}
