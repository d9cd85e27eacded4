import { addressForms } from '../notices/recipient.ts';
import { targetChannels } from '../notices/targets.ts';

const forms: Readonly<Record<string, { readonly form: RegExp; readonly called: string }>> =
  addressForms;
const anything = { form: /./, called: '' };

/** Recipients by channel, as the column holds them. */
export const recipientsOf = (given: unknown): ReadonlyMap<string, readonly string[]> =>
  new Map(
    typeof given !== 'object' || given === null
      ? []
      : Object.entries(given).flatMap(([channel, names]): [string, string[]][] =>
          Array.isArray(names) ? [[channel, names.filter((name) => typeof name === 'string')]] : [],
        ),
  );

/**
 * Why notices cannot go to recipients by channels, in words; null when they can. `targets` are those that there are, as
 * `channel id`.
 */
export const recipientsFault = (
  channels: readonly string[],
  given: unknown,
  targets: readonly string[],
): string | null => {
  const recipients = recipientsOf(given);
  for (const [channel, names] of recipients) {
    if (names.length > 0 && !channels.includes(channel))
      return `somebody is named for ${channel}, which is not among the channels: add it, or leave them out`;
    const { form, called } = forms[channel] ?? anything;
    const odd = names.find((name) => !form.test(name));
    if (odd !== undefined) return `the ${channel} recipient ${odd} is not ${called}`;
    const absent = names.find((name) => !targets.includes(`${channel} ${name}`));
    if (targetChannels.some((one) => one === channel) && absent !== undefined)
      return `there is no notification target ${absent} for ${channel}: make it first`;
  }
  const empty = channels.find(
    (channel) => channel !== 'in-app' && (recipients.get(channel) ?? []).length === 0,
  );
  return empty === undefined
    ? null
    : `nobody would get the notices by ${empty}: name recipients for it`;
};
