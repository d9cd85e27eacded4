/** A route as it is declared: `{name}` stands for one segment of the path. */
export type Declared = { readonly method: string; readonly path: string };

const matches = (template: string, path: string): boolean => {
  const wanted = template.split('/');
  const given = path.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => (part.startsWith('{') ? given[at] !== '' : part === given[at]))
  );
};

/** The methods that a path has, in order; none where there is no such path. */
export const methodsOf = (routes: readonly Declared[], path: string): readonly string[] =>
  [
    ...new Set(routes.filter((route) => matches(route.path, path)).map(({ method }) => method)),
  ].toSorted();
