import type { Stage } from './stage.ts';

/**
 * The bucket of archives, and the one of the audit's signed checkpoints: there nobody, root included, changes or removes an
 * object before its time, for which S3 asks Object Lock from the bucket's first day on.
 */
export const makeBuckets = (stage: Stage) => {
  const options = { protect: stage.isKept, retainOnDelete: stage.isKept };
  const archive = new sst.aws.Bucket(
    'ArchiveStore',
    { versioning: true, transform: { bucket: { forceDestroy: !stage.isKept } }, cors: false },
    options,
  );
  const checkpoints = new sst.aws.Bucket(
    'CheckpointStore',
    {
      versioning: true,
      transform: { bucket: { forceDestroy: false, objectLockEnabled: true } },
      cors: false,
    },
    // Objects that are locked cannot be removed with a stage: the bucket stays until they may go.
    { protect: stage.isKept, retainOnDelete: true },
  );
  return { archive, checkpoints };
};
