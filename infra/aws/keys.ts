import type { Stage } from './stage.ts';

/** The keys of KMS that functions use and never hold: one seals the secrets of tenants, one signs the audit. */
export const makeKeys = (stage: Stage) => {
  // Without the keys what they sealed and signed is lost: of a stage that is kept they outlive even its removal.
  const options = { protect: stage.isKept, retainOnDelete: stage.isKept };
  const seal = new aws.kms.Key(
    'SealKey',
    {
      description: `rookery ${stage.name}: seals the secrets of tenants`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    },
    options,
  );
  const sign = new aws.kms.Key(
    'SignKey',
    {
      description: `rookery ${stage.name}: signs checkpoints and exports of the audit`,
      keyUsage: 'SIGN_VERIFY',
      customerMasterKeySpec: 'ECC_NIST_P256',
      deletionWindowInDays: 30,
    },
    options,
  );
  return { seal, sign };
};
