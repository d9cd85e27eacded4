/** A panel of a dashboard before it has a place. */
export type Panel = {
  readonly type: 'metric' | 'alarm' | 'text';
  readonly width: number;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** Panels beside each other, below a line that says what they have in common. */
export type Row = {
  readonly title?: string;
  readonly height: number;
  readonly panels: readonly Panel[];
};

/** A panel in its place. */
export type Widget = Panel & { readonly x: number; readonly y: number; readonly height: number };

/** How wide a dashboard of CloudWatch is. */
export const columns = 24;

const beside = (panels: readonly Panel[], y: number, height: number): Widget[] => {
  let x = 0;
  return panels.map((panel) => {
    const widget = { ...panel, x, y, height };
    x += panel.width;
    return widget;
  });
};

/** Lays rows below each other, from the left; none may be wider than the dashboard. */
export const rows = (all: readonly Row[]): readonly Widget[] => {
  let y = 0;
  return all.flatMap(({ title, height, panels }) => {
    const heading: Panel[] =
      title === undefined
        ? []
        : [{ type: 'text', width: columns, properties: { markdown: `## ${title}` } }];
    const above = beside(heading, y, 1);
    y += above.length;
    const below = beside(panels, y, height);
    y += height;
    return [...above, ...below];
  });
};
