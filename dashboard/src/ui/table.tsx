import type { ComponentChildren } from 'preact';

/** A column of a table. The first is the header of each row. */
export interface Column<Row> {
  readonly title: string;
  readonly number?: boolean;
  /** Whether the title is only read out. */
  readonly untitled?: boolean;
  readonly class?: string;
  readonly cell: (row: Row) => ComponentChildren;
}

interface FrameProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
}

interface TableProps<Row> extends FrameProps<Row> {
  readonly rows: readonly Row[];
  readonly id: (row: Row) => string;
  readonly rowClass?: (row: Row) => string;
}

/**
 * A table. On a phone, each row is a block with a line per value. The roles are explicit, because browsers forget those of
 * table elements that are displayed as something else.
 */
export function Table<Row>({ rows, id, rowClass, ...frame }: TableProps<Row>) {
  return (
    <TableFrame {...frame}>
      {rows.map((row) => (
        <TableRow key={id(row)} columns={frame.columns} row={row} class={rowClass?.(row) ?? ''} />
      ))}
    </TableFrame>
  );
}

/** A table whose rows are components, around a `TableRow` each. */
export function TableFrame<Row>(props: FrameProps<Row> & { readonly children: ComponentChildren }) {
  const { caption, columns, children } = props;
  return (
    <div class="scroll">
      <table role="table">
        <caption class="hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ title, number, untitled }) => (
              <th key={title} role="columnheader" class={number === true ? 'number' : ''}>
                {untitled === true ? <span class="hidden">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">{children}</tbody>
      </table>
    </div>
  );
}

interface RowProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly row: Row;
  readonly selected?: boolean;
  readonly class?: string;
}

export function TableRow<Row>({ columns: [first, ...others], row, selected, class: name }: RowProps<Row>) {
  return (
    <tr role="row" aria-selected={selected} class={name}>
      <th role="rowheader" scope="row">
        {first?.cell(row)}
      </th>
      {others.map(({ title, number, untitled, class: own = '', cell }) => (
        <td
          key={title}
          role="cell"
          class={number === true ? `number ${own}` : own}
          data-label={untitled === true ? undefined : title}
        >
          <span>{cell(row)}</span>
        </td>
      ))}
    </tr>
  );
}
