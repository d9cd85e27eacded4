// Compared with the name in small letters without separators, so that apiKey, API_KEY and x-api-key are one.
const within = [
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'secret',
  'token',
  'apikey',
  'accesskey',
  'privatekey',
  'signingkey',
  'encryptionkey',
  'authorization',
  'credential',
  'cookie',
  'creditcard',
  'cardnumber',
  'securitycode',
  'accountnumber',
  'socialsecurity',
  'passport',
  'taxid',
  'phone',
  'firstname',
  'lastname',
  'fullname',
  'surname',
  'birthdate',
  'birthday',
  'dateofbirth',
  'streetaddress',
  'postaladdress',
  'homeaddress',
  'billingaddress',
];

// Too short to be looked for within other words: className holds ssn.
const words = new Set([
  'pw',
  'pwd',
  'pswd',
  'pass',
  'auth',
  'pin',
  'otp',
  'cvv',
  'cvc',
  'ssn',
  'iban',
  'bic',
  'pan',
  'jwt',
  'dob',
  'mobile',
  'sid',
]);

const longest = 200;

/** True for the name of a field whose value must not be kept, whatever it is: a secret, or personal data. */
export const isSecretName = (name: string): boolean => {
  const start = name.slice(0, longest);
  const parts = start
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  const joined = parts.join('');
  return within.some((secret) => joined.includes(secret)) || parts.some((part) => words.has(part));
};
