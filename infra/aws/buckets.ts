import { schedules } from '../topology.ts';
import { logical } from './names.ts';
import type { Stage } from './stage.ts';

const monthDays = 30;

// A deleted object can be had back for a month; then what was personal in it is gone for good. Uploads that nobody ended go too.
const expireOldVersions = (name: string, store: sst.aws.Bucket): void => {
  new aws.s3.BucketLifecycleConfiguration(`${logical(name)}Lifecycle`, {
    bucket: store.name,
    rules: [
      {
        id: 'old-versions',
        status: 'Enabled',
        filter: {},
        noncurrentVersionExpiration: { noncurrentDays: monthDays },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ],
  });
};

/**
 * The bucket of archives, and the one of the audit's signed checkpoints: there nobody, root included, changes or removes an
 * object before its time, for which S3 asks Object Lock from the bucket's first day on.
 */
export const makeBuckets = (stage: Stage) => {
  const { isKept } = stage;
  const archive = new sst.aws.Bucket(
    'ArchiveStore',
    { versioning: true, cors: false, transform: { bucket: { forceDestroy: !isKept } } },
    { protect: isKept, retainOnDelete: isKept },
  );
  expireOldVersions('archive', archive);
  // Where checkpoints are laid down the bucket cannot go with the stage: it stays until the last lock has ended.
  const isLocked = schedules.checkpoints.cadence[stage.kind] !== 'off';
  const checkpoints = new sst.aws.Bucket(
    'CheckpointStore',
    {
      versioning: true,
      cors: false,
      transform: { bucket: { forceDestroy: !isLocked, objectLockEnabled: true } },
    },
    { protect: isKept, retainOnDelete: isLocked },
  );
  return { archive, checkpoints };
};
