/** A record of DKIM or DMARC as its tags, in order (RFC 6376 §3.2); a sentence on what is wrong with it otherwise. */
export const tagsOf = (record: string): ReadonlyMap<string, string> | string => {
  const tags = new Map<string, string>();
  const parts = record.split(';').map((part) => part.trim());
  // The last semicolon may end the record.
  if (parts.at(-1) === '') parts.pop();
  for (const part of parts) {
    const [, name = '', value = ''] = /^([a-z][a-z0-9_]*)\s*=\s*(.*)$/is.exec(part) ?? [];
    if (name === '') return part === '' ? 'has an empty tag' : `has a tag without name or =`;
    if (tags.has(name)) return `has the tag ${name} twice`;
    tags.set(name, value.trim());
  }
  return tags;
};
