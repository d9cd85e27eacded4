// Pulumi wraps what is secret in an object of this key.
const signature = '4dabf18193072939515e22adb298388d';

/** A value without Pulumi's wrapping of secrets. */
export const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (signature in value) return plain('value' in value ? value.value : undefined);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
};
