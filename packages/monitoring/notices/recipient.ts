/** What recipients look like that are addresses themselves, by channel, and what they are called. */
export const addressForms = {
  // In ASCII behind the @, as it goes over the wire: a name of other letters is written as xn--….
  email: {
    form: /^[^\s\p{Cc}@<>,;:"()[\]\\]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/iu,
    called: 'an e-mail address',
  },
  // E.164
  sms: { form: /^\+[1-9]\d{6,14}$/, called: 'a number as +4915112345678' },
} as const;
