import { LRUCache } from 'lru-cache';

const rememberedMax = 500;
const charsMax = 200;

/** Memoizes a function of a short text for the most recently used texts. */
export function memoized<Value>(of: (text: string) => Value): (text: string) => Value {
  const known = new LRUCache<string, { readonly value: Value }>({ max: rememberedMax });
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found.value;
    const value = of(text);
    if (text.length <= charsMax) known.set(text, { value });
    return value;
  };
}
