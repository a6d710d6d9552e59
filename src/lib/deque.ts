/** A queue with O(1) removal at the front and access by index, for ring buffers. */
export class Deque<Item> {
  #items: Item[] = [];
  #first = 0;

  get length(): number {
    return this.#items.length - this.#first;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.#first >= this.#items.length) return undefined;
    const item = this.#items[this.#first];
    this.#items[this.#first++] = undefined as Item; // Releases the item now; the slot is removed by the next compaction.
    if (this.#first > 1024 && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }

  at(index: number): Item | undefined {
    return index < 0 ? undefined : this.#items[this.#first + index];
  }

  last(): Item | undefined {
    return this.length === 0 ? undefined : this.#items[this.#items.length - 1];
  }

  /**
   * The first index whose item satisfies `reached`, by binary search: `reached` must be false for a prefix and true for
   * the rest.
   */
  lowest(reached: (item: Item) => boolean): number {
    let low = this.#first;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (reached(this.#items[middle] as Item)) high = middle;
      else low = middle + 1;
    }
    return low - this.#first;
  }
}
