import type { Role } from '../topology.ts';
import { loginUrl } from './login-url.ts';
import { logical } from './names.ts';
import type { Settings } from './settings.ts';
import type { Stage } from './stage.ts';

const roles = ['etl', 'api', 'ingest', 'ops'] as const satisfies readonly Role[];

/** The warehouse of a stage: where migrations log in, and where each role does. */
export type Warehouse = {
  readonly migrationUrl: $util.Output<string>;
  readonly urls: Readonly<Record<Role, $util.Output<string>>>;
};

// Production is the default branch of a project that exists: a deployment looks at it and can neither make nor remove it.
// Every other stage grows a branch with a compute of its own, which sleeps five minutes after
// the last question, as Neon does unless told otherwise.
const place = (stage: Stage, settings: Settings) => {
  const projectId = settings.NEON_PROJECT_ID;
  const project = neon.getProjectOutput({ id: projectId });
  if (stage.kind === 'production')
    return { project, branchId: project.defaultBranchId, host: project.databaseHost };
  const branch = new neon.Branch('Branch', {
    projectId,
    parentId: settings.NEON_PARENT_BRANCH_ID ?? '',
    name: `${$app.name}-${stage.name}`,
  });
  const endpoint = new neon.Endpoint('Endpoint', {
    projectId,
    branchId: branch.id,
    type: 'read_write',
    autoscalingLimitMinCu: stage.compute.leastCu,
    autoscalingLimitMaxCu: stage.compute.mostCu,
  });
  // Its id by way of the endpoint: what is asked of the branch waits until Neon has made both.
  return { project, branchId: endpoint.branchId, host: endpoint.host };
};

// Neon's pooler of a compute is the same name with a suffix to its first part.
const pooled = (host: string): string => host.replace(/^([^.]+)/, '$1-pooler');

/**
 * The Neon database of a stage. Functions log in by the pooler, each role with a password of this stage alone; migrations log in
 * as the owner without it, because they make roles and hold locks.
 */
export const makeWarehouse = (stage: Stage, settings: Settings): Warehouse => {
  const { project, branchId, host } = place(stage, settings);
  const owner = neon.getBranchRolePasswordOutput({
    projectId: settings.NEON_PROJECT_ID,
    branchId,
    roleName: project.databaseUser,
  });
  const login = (role: Role) => {
    const { result } = new random.RandomPassword(`${logical(role)}Password`, {
      length: 40,
      special: false,
    });
    return $util.secret(
      $util
        .all([result, host, project.databaseName])
        .apply(([password, at, database]) =>
          loginUrl({ user: `rookery_${role}`, password, host: pooled(at), database }),
        ),
    );
  };
  return {
    migrationUrl: $util.secret(
      $util
        .all([owner.roleName, owner.password, host, project.databaseName])
        .apply(([user, password, at, database]) =>
          loginUrl({ user, password, host: at, database }),
        ),
    ),
    urls: Object.fromEntries(roles.map((role) => [role, login(role)])) as Warehouse['urls'],
  };
};
